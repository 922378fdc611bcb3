{{%AUTOESCAPE context="HTML"}}
{{FORM:html}}
<section class="app-panel"><h2 class="kern-heading-medium">{{_ Does it work? _}}</h2>{{TEST:html}}</section>
{{#TASKS}}<section class="app-panel"><h2 class="kern-heading-medium">{{_ What the program does by itself _}}</h2>
<table class="kern-table app-table">
<thead><tr><th scope="col">{{_ Task _}}</th><th scope="col">{{_ Last begun _}}</th><th scope="col">{{_ Result _}}</th></tr></thead>
<tbody>{{#TASK}}<tr><th scope="row">{{NAME}}</th><td data-label="{{_ Last begun _}}">{{BEGUN}}</td><td data-label="{{_ Result _}}">{{#RUNS}}{{_ runs _}}{{/RUNS}}{{#FINE}}{{_ done _}}{{/FINE}}{{#FAILURE}}{{FAILURE}}{{/FAILURE}}</td></tr>{{/TASK}}</tbody>
</table></section>{{/TASKS}}
