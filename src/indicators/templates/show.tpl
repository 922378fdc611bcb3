{{%AUTOESCAPE context="HTML"}}
<section class="app-panel" aria-labelledby="h-was"><h2 id="h-was">{{_ What it is _}}</h2><dl class="app-meta">{{#FACT}}<dt>{{LABEL}}</dt><dd>{{VALUE}}</dd>{{/FACT}}</dl></section>
{{#CHART}}<section class="app-panel" aria-label="{{_ Over time _}}">{{HTML:html}}</section>{{/CHART}}
<section class="app-panel" aria-labelledby="h-werte"><h2 id="h-werte">{{_ Values _}}</h2>{{#NONE}}<p>{{_ No value has been entered yet. _}}</p>{{/NONE}}{{#VALUES}}{{TABLE:html}}{{/VALUES}}</section>
{{#ENTER}}<section class="app-panel" aria-labelledby="h-neu"><h2 id="h-neu">{{_ A new value _}}</h2>{{FORM:html}}</section>{{/ENTER}}
