{{%AUTOESCAPE context="HTML"}}
<dl class="app-meta">{{#LINE}}<div><dt>{{LABEL}}</dt><dd>{{VALUE}}</dd></div>{{/LINE}}</dl>
{{YES:html}}
{{#CHANGE}}<section class="app-panel" aria-labelledby="h-aendern"><h2 id="h-aendern">{{_ Something has changed _}}</h2><details{{#OPEN}} open{{/OPEN}}><summary>{{_ Show the form _}}</summary>{{FORM:html}}</details></section>{{/CHANGE}}
