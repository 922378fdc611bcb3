{{%AUTOESCAPE context="HTML"}}
<nav class="app-pages" aria-label="{{_ Year shown _}}"><ul>{{#YEAR}}<li>{{#CURRENT}}<span aria-current="page">{{LABEL}}</span>{{/CURRENT}}{{#OTHER}}<a href="{{URL}}">{{LABEL}}</a>{{/OTHER}}</li>{{/YEAR}}</ul></nav>
{{#CHART}}<section class="app-panel" aria-label="{{_ Planned against spent _}}">{{HTML:html}}</section>{{/CHART}}
<section class="app-panel" aria-label="{{_ Means by year and unit _}}">{{TABLE:html}}</section>
