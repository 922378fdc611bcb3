{{%AUTOESCAPE context="HTML"}}
{{FILTER:html}}
{{#EMPTY}}<p class="app-empty">{{_ No measure fits. _}}</p>{{/EMPTY}}
<div class="app-kpis">{{#COLUMN}}<section class="app-kpi" aria-labelledby="b-{{ID}}"><h2 class="app-kpi__l" id="b-{{ID}}">{{LABEL}} ({{COUNT}})</h2><ul class="app-list">{{#CARD}}<li><a class="kern-link" href="{{URL}}">{{TITLE}}</a><br><span class="app-hint"><bdi>{{KEY}}</bdi> · {{ACCOUNTABLE}}</span> {{GRADE:html}} {{FLAGS:html}}</li>{{/CARD}}</ul></section>{{/COLUMN}}</div>
