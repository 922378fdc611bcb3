{{%AUTOESCAPE context="HTML"}}
<section class="app-panel">{{FORM:html}}</section>
{{#NONE}}<p class="app-empty">{{_ Nothing was found. Try fewer words, or the beginning of a word. _}}</p>{{/NONE}}
<ul class="app-list">{{#HIT}}<li><a class="kern-link" href="{{URL}}">{{TITLE}}</a> <span class="app-hint">{{PLAN}}</span><p>{{TEXT}}</p></li>{{/HIT}}</ul>
