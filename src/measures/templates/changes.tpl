{{%AUTOESCAPE context="HTML"}}
<nav class="app-pages" aria-label="{{_ Period shown _}}"><ul>{{#SPAN}}<li><a href="{{URL}}">{{LABEL}}</a></li>{{/SPAN}}</ul></nav>
<form class="app-filter" method="get" action="/massnahmen/aenderungen"><div class="kern-form-input"><label class="kern-label" for="seit">{{_ Since (DD.MM.YYYY) _}}</label><input class="kern-form-input__input" id="seit" name="seit" value="{{SINCE}}"></div><button class="kern-btn kern-btn--secondary" type="submit"><span class="kern-label">{{_ Show _}}</span></button></form>
{{#EMPTY}}<p class="app-empty">{{_ Nothing changed. _}}</p>{{/EMPTY}}
<ol class="app-log">{{#CHANGE}}<li><time datetime="{{ISO}}">{{DAY}}</time><a class="kern-link" href="{{URL}}">{{TITLE}}</a>: {{WHAT}}{{#TEXT}}{{HTML:html}}{{/TEXT}}</li>{{/CHANGE}}</ol>
