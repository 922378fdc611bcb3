{{%AUTOESCAPE context="HTML"}}
{{FILTER:html}}
<nav class="app-pages" aria-label="{{_ Period shown _}}"><ul>{{#ZOOM}}<li>{{#CURRENT}}<span aria-current="page">{{LABEL}}</span>{{/CURRENT}}{{#OTHER}}<a href="{{URL}}">{{LABEL}}</a>{{/OTHER}}</li>{{/ZOOM}}</ul></nav>
{{#EMPTY}}<p class="app-empty">{{_ No measure fits. _}}</p>{{/EMPTY}}
{{#CHART}}<section class="app-panel" aria-label="{{_ Picture _}}">{{HTML:html}}</section>{{/CHART}}
{{#UNDATED}}<section class="app-panel" aria-labelledby="h-ohne"><h2 id="h-ohne">{{_ Without dates _}}</h2><ul class="app-list">{{#ROW}}<li><a class="kern-link" href="{{URL}}">{{TITLE}}</a></li>{{/ROW}}</ul></section>{{/UNDATED}}
