{{%AUTOESCAPE context="HTML"}}
{{#ALONE}}<p class="app-empty">{{_ There is no other concept its clauses could come from. Import the predecessor first. _}}</p>{{/ALONE}}
{{#WITH}}<section class="app-panel">{{FORM:html}}</section>{{/WITH}}
{{#PROPOSALS}}<section class="app-panel" aria-labelledby="h-vorschlag"><h2 id="h-vorschlag">{{_ Proposals _}}</h2><p>{{_ Please look at each one: likeness of words is all the program knows. _}}</p>{{FORM:html}}</section>{{/PROPOSALS}}
<section class="app-panel" aria-labelledby="h-behalten"><h2 id="h-behalten">{{_ Kept _}}</h2>{{#NONE}}<p class="app-empty">{{_ Nothing is kept yet. _}}</p>{{/NONE}}
<ul class="app-list">{{#ENTRY}}<li><strong>{{CLAUSE}}</strong>: {{RELATION}}{{#FROM}} {{TITLE}}{{/FROM}}{{#NOTE}}<p>{{TEXT}}</p>{{/NOTE}}{{BUTTON:html}}</li>{{/ENTRY}}</ul></section>
{{#GONE}}<section class="app-panel" aria-labelledby="h-ohne"><h2 id="h-ohne">{{_ Clauses of the predecessor nothing continues _}}</h2><ul class="kern-list kern-list--bullet">{{#OLD}}<li>{{TITLE}}</li>{{/OLD}}</ul></section>{{/GONE}}
<section class="app-panel" aria-labelledby="h-eintrag"><h2 id="h-eintrag">{{_ Add one by hand _}}</h2>{{ADD:html}}</section>
