{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><table class="kern-table app-table">
<thead><tr><th scope="col">{{_ Name _}}</th><th scope="col">{{_ Sign-in name _}}</th><th scope="col">{{_ Role _}}</th><th scope="col">{{_ Unit or office _}}</th><th scope="col">{{_ State _}}</th></tr></thead>
<tbody>{{#ROW}}<tr>
<th scope="row"><a class="kern-link" href="{{URL}}">{{NAME}}</a>{{#SAMPLE}} <small>{{_ (sample) _}}</small>{{/SAMPLE}}</th>
<td data-label="{{_ Sign-in name _}}">{{SIGN_IN}}</td>
<td data-label="{{_ Role _}}">{{ROLE}}</td>
<td data-label="{{_ Unit or office _}}">{{#OFFICE}}{{OFFICE}}{{/OFFICE}}</td>
<td data-label="{{_ State _}}">{{#ACTIVE}}{{_ active _}}{{/ACTIVE}}{{#INVITED}}{{_ invited _}}{{/INVITED}}{{#DISABLED}}{{_ disabled _}}{{/DISABLED}}{{#FACTOR}}, {{_ second factor _}}{{/FACTOR}}</td>
</tr>{{/ROW}}</tbody></table></section>
