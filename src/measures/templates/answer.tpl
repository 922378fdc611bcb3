{{%AUTOESCAPE context="HTML"}}
{{#NOTE}}<blockquote class="app-quote">{{TEXT:html}}</blockquote>{{/NOTE}}
{{#ALL_DONE}}<p>{{_ Everything is answered. Thank you. _}}</p>{{/ALL_DONE}}
{{#OPEN}}<p>{{_ Answer what you can today; what you leave empty stays open, and this link stays good for it. You need no account. _}}</p>{{FORM:html}}{{/OPEN}}
{{#DONE}}<section class="app-panel" aria-labelledby="h-erl"><h2 id="h-erl">{{_ Already answered _}}</h2><ul class="app-list">{{#ANSWERED}}<li>{{TITLE}} – {{DAY}}</li>{{/ANSWERED}}</ul></section>{{/DONE}}
