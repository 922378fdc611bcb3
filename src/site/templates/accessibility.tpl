{{%AUTOESCAPE context="HTML"}}
<section class="app-panel app-text">{{TEXT:html}}{{#EMAIL}}<p>{{_ E-mail: _}} {{EMAIL}}</p>{{/EMAIL}}</section>
<section class="app-panel" id="melden" aria-labelledby="h-melden"><h2 id="h-melden">{{_ Report a barrier _}}</h2>{{FORM:html}}</section>
