{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><table class="kern-table app-table">
<thead><tr><th scope="col">{{_ What _}}</th><th scope="col">{{_ Path _}}</th><th scope="col">{{_ From this role on _}}</th></tr></thead>
<tbody>{{#ROW}}<tr>
<th scope="row">{{ACTION}}</th>
<td data-label="{{_ Path _}}"><code>{{AREA}}</code> {{#CHANGE}}({{_ change _}}){{/CHANGE}}</td>
<td data-label="{{_ From this role on _}}">{{ROLE}}{{#OWN}} <small>{{_ only records of the own unit _}}</small>{{/OWN}}</td>
</tr>{{/ROW}}</tbody></table></section>
