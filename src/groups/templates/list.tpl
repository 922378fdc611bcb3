{{%AUTOESCAPE context="HTML"}}
{{#NONE}}<p>{{_ No network or working group has been recorded yet. _}}</p>{{/NONE}}
{{#SOME}}<table class="kern-table app-table"><caption class="app-vh">{{_ Networks and working groups _}}</caption>
<thead><tr><th scope="col">{{_ Name _}}</th><th scope="col">{{_ Kind _}}</th><th scope="col">{{_ Seats _}}</th><th scope="col">{{_ Last meeting _}}</th></tr></thead>
<tbody>{{#GROUP}}<tr><th scope="row"><a class="kern-link" href="{{URL}}">{{TITLE}}</a></th><td data-label="{{_ Kind _}}">{{KIND}}</td><td data-label="{{_ Seats _}}">{{SEATS}}</td><td data-label="{{_ Last meeting _}}">{{LAST}}</td></tr>{{/GROUP}}</tbody></table>{{/SOME}}
