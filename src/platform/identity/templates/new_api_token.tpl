{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><p>{{_ This is the key for: _}} <strong>{{NAME}}</strong></p>
<p><code>{{TOKEN}}</code></p>
<p>{{_ It is shown this once. Put it where your program keeps its secrets; whoever has it acts for your account. _}}</p>
<p><a class="kern-link" href="/konto/api-schluessel">{{_ Back to your keys _}}</a></p></section>
