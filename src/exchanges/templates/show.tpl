{{%AUTOESCAPE context="HTML"}}
<dl class="app-meta"><div><dt>{{_ Subject _}}</dt><dd>{{TOPIC}}</dd></div><div><dt>{{_ Held by _}}</dt><dd>{{OFFICE}}</dd></div>{{#WITH}}<div><dt>{{_ With _}}</dt><dd><ul class="app-plain">{{#ONE}}<li>{{LINK:html}}</li>{{/ONE}}</ul></dd></div>{{/WITH}}{{#OTHERS}}<div><dt>{{_ Also there _}}</dt><dd>{{TEXT}}</dd></div>{{/OTHERS}}<div><dt>{{_ Shown to the public _}}</dt><dd>{{PUBLIC}}</dd></div>{{#EVIDENCE}}<div><dt>{{_ Evidence _}}</dt><dd><a class="kern-link" href="{{URL}}">{{_ what the duties count _}}</a></dd></div>{{/EVIDENCE}}</dl>
{{#OUTCOME}}<section class="app-panel" aria-labelledby="h-ergebnis"><h2 id="h-ergebnis">{{_ Outcome _}}</h2>{{TEXT:html}}</section>{{/OUTCOME}}
{{WITHDRAW:html}}
