{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><table class="kern-table app-table">
<thead><tr><th scope="col">{{_ What _}}</th>{{#HEAD}}<th scope="col">{{ROLE}}</th>{{/HEAD}}</tr></thead>
<tbody>{{#ROW}}<tr>
<th scope="row">{{ACTION}}<details><summary>{{_ Paths _}}</summary><ul class="app-plain">{{#PATH}}<li><code>{{AREA}}</code>{{#CHANGE}} ({{_ change _}}){{/CHANGE}}</li>{{/PATH}}</ul></details></th>
{{#CELL}}<td data-label="{{ROLE}}">{{#YES}}<strong>{{_ yes _}}</strong>{{/YES}}{{#OWN}}{{_ of the own unit _}}{{/OWN}}{{#NO}}–{{/NO}}</td>{{/CELL}}
</tr>{{/ROW}}</tbody></table></section>
