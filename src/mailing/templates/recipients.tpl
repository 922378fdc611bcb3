{{%AUTOESCAPE context="HTML"}}
{{TABLE:html}}
{{#ADD}}<section class="app-panel" aria-labelledby="h-fragen"><h2 id="h-fragen">{{_ Ask more people _}}</h2><p>{{_ Everybody gets a mail with a link. Only whoever follows it is on the list. _}}</p>{{FORM:html}}</section>{{/ADD}}
