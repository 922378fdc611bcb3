{{%AUTOESCAPE context="HTML"}}
{{#MOVED}}<div class="kern-alert kern-alert--warning" role="alert"><div class="kern-alert__header"><span class="kern-icon kern-icon--warning" aria-hidden="true"></span><h2 class="kern-title">{{_ Nothing has been changed yet _}}</h2></div><div class="kern-alert__body"><p class="kern-body">{{_ A measure was changed by somebody else since you saw the preview. This is how it looks now. _}}</p></div></div>{{/MOVED}}
{{#NONE}}<p class="app-empty">{{_ No measure is chosen. Tick some in the list, or take all that the filter finds. _}}</p>{{/NONE}}
{{#TOO_MANY}}<p class="app-empty">{{_ That is too many at once: at most 1,000 measures. Narrow the filter. _}}</p>{{/TOO_MANY}}
{{#PLAN}}<section class="app-panel" aria-labelledby="h-vorschau"><h2 id="h-vorschau">{{_ Preview _}}</h2>
<dl class="app-meta"><dt>{{_ will be changed _}}</dt><dd>{{CHANGING}}</dd><dt>{{_ refused _}}</dt><dd>{{REFUSED}}</dd><dt>{{_ stays as it is _}}</dt><dd>{{LEFT}}</dd></dl>
{{#APPLY}}{{FORM:html}}{{/APPLY}}{{#NOTHING}}<p>{{_ Nothing would change. _}}</p>{{/NOTHING}}
<table class="kern-table app-table"><caption class="app-vh">{{_ Every measure before and after _}}</caption><thead><tr><th scope="col">{{_ Measure _}}</th><th scope="col">{{_ Result _}}</th><th scope="col">{{_ Before and after _}}</th></tr></thead><tbody>
{{#ITEM}}<tr><th scope="row"><a class="kern-link" href="{{URL}}"><bdi>{{KEY}}</bdi> {{TITLE}}</a></th><td data-label="{{_ Result _}}">{{RESULT:html}}</td><td data-label="{{_ Before and after _}}"><div>{{#DIFFERENCE}}<p class="app-diff"><strong>{{LABEL}}</strong> <del>{{BEFORE}}</del> → <ins>{{AFTER}}</ins></p>{{/DIFFERENCE}}
{{#REFUSAL}}<p>{{#RULE}}<strong>{{RULE}}</strong> {{/RULE}}{{TEXT}}{{#SOURCE}} <span class="app-hint">({{_ clause _}} <bdi>{{CLAUSE}}</bdi>)</span>{{/SOURCE}}{{#REMEDY}}<br>{{REMEDY}}{{/REMEDY}}</p>{{/REFUSAL}}</div></td></tr>
{{/ITEM}}</tbody></table>{{#MORE_ITEMS}}<p>{{_ Further measures, not listed here: _}} {{N}}</p>{{/MORE_ITEMS}}</section>{{/PLAN}}
{{#CHANGE}}<section class="app-panel app-panel--form" aria-labelledby="h-aendern"><h2 id="h-aendern">{{_ What is to change _}}</h2>{{FORM:html}}</section>{{/CHANGE}}
<section class="app-panel" aria-labelledby="h-auswahl"><h2 id="h-auswahl">{{COUNT}}</h2><ul class="app-list">{{#CHOSEN}}<li><a class="kern-link" href="{{URL}}"><bdi>{{KEY}}</bdi> {{TITLE}}</a></li>{{/CHOSEN}}</ul>{{#MORE}}<p>{{_ Further measures, not listed here: _}} {{N}}</p>{{/MORE}}</section>
