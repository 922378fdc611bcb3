{{%AUTOESCAPE context="HTML"}}
{{#RUNNING}}<div id="ausgabe" role="status" data-hx-get="{{URL}}" data-hx-trigger="every 1s" data-hx-swap="outerHTML"><p>{{TEXT}}</p><progress class="kern-progress" max="{{MOST}}" value="{{VALUE}}" aria-label="{{_ Progress _}}"></progress><p><a class="kern-link" href="{{URL}}">{{_ Look again _}}</a></p></div>{{/RUNNING}}
{{#DONE}}<div id="ausgabe" role="status"><p>{{_ The list is ready. _}}</p><p><a class="kern-link" href="{{FILE_URL}}" download>{{NAME}}</a> ({{SIZE}})</p></div>{{/DONE}}
{{#FAILED}}<div id="ausgabe" role="status"><p>{{_ The list could not be written. Please try again; if it fails once more, tell your administrator. _}}</p></div>{{/FAILED}}
