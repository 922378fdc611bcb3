{{%AUTOESCAPE context="HTML"}}
<p>{{_ Statements still to be confirmed: _}} <strong>{{OPEN}}</strong></p>{{#CONFIRM}}{{BUTTON:html}}{{/CONFIRM}}
{{#WARNINGS}}<section class="app-panel" aria-labelledby="h-hinweise"><h2 id="h-hinweise">{{_ What the import noticed _}}</h2>{{TEXT:html}}</section>{{/WARNINGS}}
{{#CLAUSE}}<section class="app-panel" id="z-{{ANCHOR}}" aria-labelledby="h-{{ANCHOR}}"><h2 id="h-{{ANCHOR}}"><a class="kern-link" href="{{URL}}">{{TITLE}}</a></h2><details class="app-details"><summary>{{_ Text _}}</summary>{{TEXT:html}}</details>
{{#STATEMENT}}<blockquote class="app-quote"><p>{{QUOTE}}</p><footer>{{KEY}}</footer></blockquote>
<dl class="app-meta"><dt>{{_ How it binds _}}</dt><dd>{{MODALITY}}{{#PROPOSED}} ({{_ proposed, not confirmed _}}){{/PROPOSED}}{{#BASIS}}, {{_ because of: _}} {{TEXT}}{{/BASIS}}</dd>
{{#BEARERS}}<dt>{{_ Borne by _}}</dt><dd>{{TEXT}}</dd>{{/BEARERS}}{{#UNKNOWN}}<dt>{{_ Borne by _}}</dt><dd>{{TEXT}} ({{_ as the text says; not joined to an office yet _}})</dd>{{/UNKNOWN}}{{#COUNTERPARTS}}<dt>{{_ With or towards _}}</dt><dd>{{TEXT}}</dd>{{/COUNTERPARTS}}{{#RHYTHM}}<dt>{{_ How often _}}</dt><dd>{{TEXT}}</dd>{{/RHYTHM}}{{#DATE}}<dt>{{_ By the day _}}</dt><dd>{{TEXT}}</dd>{{/DATE}}{{#QUANTITY}}<dt>{{_ Quantity _}}</dt><dd>{{TEXT}}</dd>{{/QUANTITY}}</dl>{{/STATEMENT}}</section>{{/CLAUSE}}
<section class="app-panel" aria-labelledby="h-beschluss"><h2 id="h-beschluss">{{_ Adopt the concept _}}</h2>{{ADOPT:html}}</section>
