{{%AUTOESCAPE context="HTML"}}
{{FORM:html}}
{{#PERSON}}<section class="app-panel" aria-labelledby="h-einwilligung"><h2 id="h-einwilligung">{{_ Consent to publication, field by field _}}</h2>
{{#NONE}}<p>{{_ No consent is recorded: nothing of this contact is shown to the public. _}}</p>{{/NONE}}
{{#SOME}}<table class="kern-table app-table"><thead><tr><th scope="col">{{_ Field _}}</th><th scope="col">{{_ Given on _}}</th><th scope="col">{{_ Withdrawn on _}}</th><th scope="col">{{_ Change _}}</th></tr></thead><tbody>{{#CONSENT}}<tr><th scope="row">{{FIELD}}</th><td data-label="{{_ Given on _}}">{{GIVEN}}</td><td data-label="{{_ Withdrawn on _}}">{{WITHDRAWN}}</td><td data-label="{{_ Change _}}">{{END:html}}</td></tr>{{/CONSENT}}</tbody></table>{{/SOME}}
{{ADD:html}}</section>{{/PERSON}}
{{WITHDRAW:html}}
