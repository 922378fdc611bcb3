{{%AUTOESCAPE context="HTML"}}
<section class="app-panel app-panel--text">
<p class="kern-body">{{EXPLANATION}}</p>
{{#LIST}}<ul class="kern-list kern-list--bullet">{{#ITEM}}<li>{{#LINE}}<b>{{LINE}}:</b> {{/LINE}}{{TEXT}}</li>{{/ITEM}}</ul>{{/LIST}}
<p class="kern-body">{{WHAT_TO_DO}}</p>
<p class="app-actions"><a class="kern-btn kern-btn--primary" href="/"><span class="kern-label">{{_ To the start page _}}</span></a>{{#SIGN_IN}}<a class="kern-btn kern-btn--secondary" href="{{URL}}"><span class="kern-label">{{_ Sign in _}}</span></a>{{/SIGN_IN}}</p>
<p class="app-hint">{{_ Status {STATUS} _}}</p>
</section>
