{{%AUTOESCAPE context="HTML"}}
{{FILTER:html}}
{{#MONTH}}<section class="app-panel" aria-labelledby="h-monat"><h2 id="h-monat">{{TITLE}}</h2><p><a class="kern-link" href="{{EARLIER}}">{{_ Month before _}}</a> · <a class="kern-link" href="{{LATER}}">{{_ Month after _}}</a></p>
{{#NONE}}<p>{{_ No deadline in this month. _}}</p>{{/NONE}}
{{#GRID}}<table class="app-month"><caption class="kern-sr-only">{{TITLE}}</caption><thead><tr>{{#WEEKDAY}}<th scope="col">{{NAME}}</th>{{/WEEKDAY}}</tr></thead><tbody>{{#WEEK}}<tr>{{#CELL}}<td>{{#INSIDE}}<span class="app-month__day">{{NUMBER}}{{#TODAY}} <strong>{{_ today _}}</strong>{{/TODAY}}</span>{{#ITEM}}<p><span class="app-clause">{{CLAUSE}}</span> <a class="kern-link" href="{{URL}}">{{TITLE}}</a> {{STATE:html}}</p>{{/ITEM}}{{/INSIDE}}</td>{{/CELL}}</tr>{{/WEEK}}</tbody></table>{{/GRID}}
<div class="app-month-list">{{#DAY}}<h3>{{WEEKDAY}}, {{DATE}}</h3><ul class="app-list">{{#ITEM}}<li><span class="app-clause">{{CLAUSE}}</span> <a class="kern-link" href="{{URL}}">{{TITLE}}</a> {{STATE:html}}</li>{{/ITEM}}</ul>{{/DAY}}</div></section>{{/MONTH}}
<section class="app-panel" aria-labelledby="h-liste"><h2 id="h-liste">{{_ Still to do _}}</h2>{{TABLE:html}}{{EXPORTS:html}}</section>
<section class="app-panel" aria-labelledby="h-abo"><h2 id="h-abo">{{_ Subscribe _}}</h2><p>{{_ Each office has a calendar that calendar programs keep up to date: _}}</p><ul>{{#FEED}}<li><a class="kern-link" href="{{URL}}">{{NAME}}</a></li>{{/FEED}}</ul></section>
