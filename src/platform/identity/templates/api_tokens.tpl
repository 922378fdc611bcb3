{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><h2 class="kern-heading-medium">{{_ Your keys _}}</h2>
{{#NONE}}<p>{{_ You have none. _}}</p>{{/NONE}}
{{#TABLE}}<table class="kern-table app-table">
<thead><tr><th scope="col">{{_ What it is for _}}</th><th scope="col">{{_ What it may do _}}</th><th scope="col">{{_ Ends on _}}</th><th scope="col">{{_ Last used _}}</th><th scope="col">{{_ Revoke _}}</th></tr></thead>
<tbody>{{#ROW}}<tr>
<th scope="row">{{NAME}}</th>
<td data-label="{{_ What it may do _}}">{{MAY}}</td>
<td data-label="{{_ Ends on _}}">{{EXPIRES}}</td>
<td data-label="{{_ Last used _}}">{{USED}}</td>
<td data-label="{{_ Revoke _}}">{{#OVER}}{{TEXT}}{{/OVER}}{{REVOKE:html}}</td>
</tr>{{/ROW}}</tbody></table>{{/TABLE}}
</section>
<section class="app-panel"><h2 class="kern-heading-medium">{{_ A new key _}}</h2>{{FORM:html}}</section>
