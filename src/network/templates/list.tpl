{{%AUTOESCAPE context="HTML"}}
{{#GROUP}}<section class="app-panel" aria-labelledby="g-{{ID}}"><h2 id="g-{{ID}}">{{TITLE}}</h2><table class="kern-table app-table">
<thead><tr><th scope="col">{{_ Name _}}</th>{{#OFFICES}}<th scope="col">{{_ Held _}}</th>{{/OFFICES}}<th scope="col">{{_ Part of _}}</th></tr></thead>
<tbody>{{#ROW}}<tr><th scope="row"><a class="kern-link" href="{{URL}}">{{NAME}}</a></th>{{#OFFICE}}<td data-label="{{_ Held _}}">{{SINCE}}{{#UNTIL}} {{UNTIL}}{{/UNTIL}}{{#RISK}}<br><strong>{{_ At risk: _}} {{TEXT}}</strong>{{/RISK}}</td>{{/OFFICE}}<td data-label="{{_ Part of _}}">{{#PART_OF}}{{PART_OF}}{{/PART_OF}}</td></tr>{{/ROW}}</tbody></table></section>{{/GROUP}}
