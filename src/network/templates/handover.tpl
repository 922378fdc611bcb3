{{%AUTOESCAPE context="HTML"}}
<section class="app-panel" aria-labelledby="h-offen"><h2 id="h-offen">{{_ What is open today _}}</h2>{{#NOTHING}}<p>{{_ Nothing is open. _}}</p>{{/NOTHING}}
{{#SOMETHING}}<table class="kern-table app-table"><caption class="app-vh">{{_ What is open today _}}</caption><thead><tr><th scope="col">{{_ What _}}</th><th scope="col">{{_ Kind _}}</th><th scope="col">{{_ State _}}</th><th scope="col">{{_ By when _}}</th></tr></thead><tbody>{{#MATTER}}<tr><th scope="row">{{TITLE:html}}</th><td data-label="{{_ Kind _}}">{{KIND}}</td><td data-label="{{_ State _}}">{{STATE}}</td><td data-label="{{_ By when _}}">{{DUE}}</td></tr>{{/MATTER}}</tbody></table>{{/SOMETHING}}</section>
{{FORM:html}}
