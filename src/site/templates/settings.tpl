{{%AUTOESCAPE context="HTML"}}
{{#REPORTS}}<section class="app-panel" aria-labelledby="h-barrieren"><h2 id="h-barrieren">{{_ Reported barriers without an answer _}}</h2>
<table class="kern-table app-table"><thead><tr><th scope="col">{{_ Day _}}</th><th scope="col">{{_ Page _}}</th><th scope="col">{{_ Barrier _}}</th><th scope="col">{{_ Contact _}}</th><th scope="col">{{_ Change _}}</th></tr></thead>
<tbody>{{#REPORT}}<tr><td data-label="{{_ Day _}}">{{DAY}}</td><td data-label="{{_ Page _}}">{{PAGE}}</td><td data-label="{{_ Barrier _}}">{{TEXT}}</td><td data-label="{{_ Contact _}}">{{#CONTACT}}{{CONTACT}}{{/CONTACT}}</td><td data-label="{{_ Change _}}">{{ANSWERED:html}}</td></tr>{{/REPORT}}</tbody></table></section>{{/REPORTS}}
<section class="app-panel">{{FORM:html}}</section>
