{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}<p class="app-empty">{{_ No concept is published yet. _}}</p>{{/EMPTY}}
<ul class="app-list">{{#ROW}}<li><a class="kern-link" href="{{URL}}">{{TITLE}}</a> <span class="app-hint">{{STATE}}{{#VALID}}, {{_ valid from {FROM} _}}{{/VALID}}{{#ENDS}} {{_ until {UNTIL} _}}{{/ENDS}}</span></li>{{/ROW}}</ul>
