{{%AUTOESCAPE context="HTML"}}
{{#CLOSED}}<p><strong>{{_ The list is closed since _}} {{DAY}}.</strong></p>{{/CLOSED}}{{#NUMBERS}}<p>{{TEXT}}</p>{{/NUMBERS}}
{{#ASK}}<section class="app-panel" aria-labelledby="h-anmelden"><h2 id="h-anmelden">{{_ Get these mails _}}</h2>{{FORM:html}}</section>{{/ASK}}
{{#ARCHIVE}}<section class="app-panel" aria-labelledby="h-archiv"><h2 id="h-archiv">{{_ Messages _}}</h2>{{#NONE}}<p>{{_ Nothing has been sent yet. _}}</p>{{/NONE}}
{{#SOME}}<table class="kern-table app-table"><caption class="app-vh">{{_ Messages _}}</caption><thead><tr><th scope="col">{{_ Subject line _}}</th><th scope="col">{{_ Sent on _}}</th><th scope="col">{{_ Recipients _}}</th></tr></thead><tbody>{{#MESSAGE}}<tr><th scope="row"><a class="kern-link" href="{{URL}}">{{TITLE}}</a></th><td data-label="{{_ Sent on _}}">{{STATE}}</td><td data-label="{{_ Recipients _}}">{{RECIPIENTS}}</td></tr>{{/MESSAGE}}</tbody></table>{{/SOME}}</section>{{/ARCHIVE}}
