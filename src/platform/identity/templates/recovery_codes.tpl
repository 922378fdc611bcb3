{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><p>{{_ The second factor is switched on. Print these codes or write them down: each opens your account once when the telephone is lost. They are shown only now. _}}</p>
<ul class="app-codes">{{#CODE}}<li><code>{{TEXT}}</code></li>{{/CODE}}</ul>
<p><a class="kern-link" href="/konto">{{_ I have kept them _}}</a></p></section>
