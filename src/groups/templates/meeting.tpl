{{%AUTOESCAPE context="HTML"}}
{{#PARTICIPANTS}}<p>{{_ Participants _}}: {{NUMBER}}</p>{{/PARTICIPANTS}}{{#EVIDENCE}}<p><a class="kern-link" href="{{URL}}">{{_ Evidence of this meeting _}}</a></p>{{/EVIDENCE}}
{{#AGENDA}}<section class="app-panel" aria-labelledby="h-tagesordnung"><h2 id="h-tagesordnung">{{_ Agenda _}}</h2><ol>{{#ITEM}}<li>{{TEXT}}</li>{{/ITEM}}</ol></section>{{/AGENDA}}
{{#ATTENDANCE}}<section class="app-panel" aria-labelledby="h-da"><h2 id="h-da">{{_ Who was there _}}</h2><ul class="kern-list kern-list--bullet">{{#WHO}}<li>{{NAME}}</li>{{/WHO}}</ul></section>{{/ATTENDANCE}}
{{#MINUTES}}<section class="app-panel" aria-labelledby="h-protokoll"><h2 id="h-protokoll">{{_ Minutes _}}</h2>{{TEXT:html}}{{#FILE}}<p>{{LINK:html}}</p>{{/FILE}}</section>{{/MINUTES}}
{{#TASKS}}<section class="app-panel" aria-labelledby="h-aufgaben"><h2 id="h-aufgaben">{{_ Tasks _}}</h2>{{#NONE}}<p>{{_ No task has been recorded. _}}</p>{{/NONE}}<ul class="app-list">{{#TASK}}<li><div class="app-actions"><p>{{TITLE}}{{#BEARER}}, {{NAME}}{{/BEARER}}{{#DUE}}, {{_ by _}} {{DAY}}{{/DUE}}{{#DONE}} – {{_ done on _}} {{DAY}}{{/DONE}}</p>{{FINISH:html}}</div></li>{{/TASK}}</ul>{{FORM:html}}</section>{{/TASKS}}
{{WITHDRAW:html}}
