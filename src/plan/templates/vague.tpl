{{%AUTOESCAPE context="HTML"}}
{{#EMPTY}}<p class="app-empty">{{_ Every statement that obliges has a bearer and a rule. _}}</p>{{/EMPTY}}
<ul class="app-list">{{#ROW}}<li><p><a class="kern-link" href="{{URL}}">{{KEY}}</a></p><blockquote class="app-quote"><p>{{QUOTE}}</p></blockquote><ul class="kern-list kern-list--bullet">{{#REASON}}<li>{{TEXT}}</li>{{/REASON}}</ul></li>{{/ROW}}</ul>
