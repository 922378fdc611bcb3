{{%AUTOESCAPE context="HTML"}}
<section aria-label="{{_ Figures _}}"><ul class="app-kpis">{{#KPI}}<li class="app-kpi app-kpi--{{TONE}}"><p class="app-kpi__l">{{LABEL}}</p><p class="app-kpi__v">{{VALUE}}</p><p class="app-kpi__d">{{DETAIL}}</p></li>{{/KPI}}</ul></section>
{{#EMPTY}}<p>{{_ No duty has been published for this plan yet. _}}</p>{{/EMPTY}}
<div class="app-cols">
<section class="app-panel" aria-labelledby="h-gliederung"><h2 id="h-gliederung">{{_ Clause by clause _}}</h2>
<ul class="app-tree">{{#CHAPTER}}<li><details open><summary><span><span class="app-clause">{{NUMBER}}</span> {{HEADING}}</span> <span class="app-sum">{{SUM}}</span></summary><ul>{{#CLAUSE}}<li><span><span class="app-clause">{{NUMBER}}</span> {{HEADING}}</span><ul>{{#DUTY}}<li class="app-tree__leaf"><span><a class="kern-link" href="{{URL}}">{{TITLE}}</a> <small>{{PERIOD}}</small>{{#MISSING}}<br><small>{{MISSING}}</small>{{/MISSING}}{{#RISK}}<br><small>{{_ At risk: _}} {{TEXT}}</small>{{/RISK}}</span> <span>{{STATE:html}}{{#ASSUMED}} {{CHIP:html}}{{/ASSUMED}}</span></li>{{/DUTY}}</ul></li>{{/CLAUSE}}</ul></details></li>{{/CHAPTER}}</ul></section>
<div>
<section class="app-panel" aria-labelledby="h-kapitel"><h2 id="h-kapitel">{{_ By chapter _}}</h2>{{CHART:html}}</section>
<section class="app-panel" aria-labelledby="h-aenderungen"><h2 id="h-aenderungen">{{_ Changed since _}} {{SINCE}}</h2>
{{#NO_CHANGE}}<p>{{_ Nothing has changed. _}}</p>{{/NO_CHANGE}}
{{#CHANGES}}<ul class="app-list">{{#CHANGE}}<li><span class="app-clause">{{CLAUSE}}</span> <a class="kern-link" href="{{URL}}">{{TITLE}}</a> <small>{{PERIOD}}</small><br>{{FROM:html}} → {{TO:html}}</li>{{/CHANGE}}</ul>{{/CHANGES}}</section>
</div></div>
