{{%AUTOESCAPE context="HTML"}}
{{#INTERNAL}}<p><strong>{{_ Not published: only signed-in people see this duty. _}}</strong></p>{{/INTERNAL}}
<div class="app-cols"><div>
<section class="app-panel" aria-labelledby="h-zeitraeume"><h2 id="h-zeitraeume">{{_ Periods _}}</h2>{{TIMELINE:html}}
<ul class="app-list">{{#PERIOD_ROW}}<li><h3>{{PERIOD}} {{STATE:html}}</h3>
<p>{{#DUE}}{{_ Due on _}} {{DAY}}. {{/DUE}}{{#FULFILLED}}{{_ Fulfilled on _}} {{DAY}}. {{/FULFILLED}}{{#MISSING}}<strong>{{_ So far: _}} {{TEXT}}</strong> {{/MISSING}}{{#LEFT_OPEN}}<strong>{{_ When it ended: _}} {{TEXT}}</strong> {{/LEFT_OPEN}}{{#ENDED_AS}}{{_ On the last day of validity: _}} {{CHIP:html}} {{/ENDED_AS}}</p>
{{#GAP}}<p>{{_ Gap _}} {{FROM}} – {{UNTIL}}</p>{{/GAP}}{{#RISK}}<p><strong>{{_ At risk: _}} {{TEXT}}</strong></p>{{/RISK}}
{{#WAIVER}}<p>{{_ Waived by resolution _}} {{RESOLUTION}}, {{DAY}}{{#WHY}}: {{REASON}}{{/WHY}}</p>{{/WAIVER}}{{#EXTENSION}}<p>{{_ Extended by resolution _}} {{RESOLUTION}} {{_ until _}} {{DAY}}{{#WHY}}: {{REASON}}{{/WHY}}</p>{{/EXTENSION}}
{{#EVIDENCE}}<p><a class="kern-link" href="{{URL}}">{{TITLE}}</a>, {{DAY}}{{#QUANTITY}} ({{NUMBER}}){{/QUANTITY}}</p>{{/EVIDENCE}}{{#MORE}}<p>{{TEXT}}</p>{{/MORE}}
{{#EXPLANATION}}<p>{{_ Explanation of _}} {{DAY}}: {{TEXT}}</p>{{/EXPLANATION}}</li>{{/PERIOD_ROW}}</ul></section></div>
<div><section class="app-panel" aria-labelledby="h-regel"><h2 id="h-regel">{{_ Where it comes from _}}</h2>
{{#QUOTE}}<blockquote class="app-quote">{{TEXT}}</blockquote>{{/QUOTE}}
<p>{{_ Clause _}} {{CLAUSE}} · {{MODALITY}} {{ORIGIN_CHIP:html}}</p>
{{#ASSUMED}}<p>{{_ At least one limit is an assumption and not in the concept. Being behind it is no breach. _}}</p>{{/ASSUMED}}
<ul class="app-list">{{#ORIGIN}}<li>{{PART}}: {{CHIP:html}} {{TEXT}}</li>{{/ORIGIN}}</ul>
<p>{{_ Bearer _}}: {{BEARER}}{{#JOINT}}, {{NAME}}{{/JOINT}}</p>
<p>{{_ Valid from _}} {{FROM}}{{#UNTIL}} {{_ until _}} {{DAY}}{{/UNTIL}}{{#GRACE}} · {{_ Grace in days: _}} {{DAYS}}{{/GRACE}}</p></section>
{{#EXPLAIN}}<section class="app-panel" aria-labelledby="h-erklaerung"><h2 id="h-erklaerung">{{_ Explain _}}</h2>{{FORM:html}}</section>{{/EXPLAIN}}
{{#DECIDE}}<section class="app-panel" aria-labelledby="h-entscheiden"><h2 id="h-entscheiden">{{_ Decide _}}</h2><details><summary>{{_ Waive a period _}}</summary>{{WAIVER:html}}</details><details><summary>{{_ Extend a term _}}</summary>{{EXTENSION:html}}</details>{{PUBLISH:html}}</section>{{/DECIDE}}
</div></div>
