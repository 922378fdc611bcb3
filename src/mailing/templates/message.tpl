{{%AUTOESCAPE context="HTML"}}
{{#VERSION}}<section class="app-panel" aria-labelledby="h-{{CODE}}"><h2 id="h-{{CODE}}">{{TITLE}}</h2><p><strong lang="{{CODE}}">{{SUBJECT}}</strong></p><div lang="{{CODE}}">{{TEXT:html}}</div><p>{{_ Below it stands a link that ends these mails. _}}</p></section>{{/VERSION}}
{{#SEND}}<section class="app-panel" aria-labelledby="h-senden"><h2 id="h-senden">{{_ Send _}}</h2><p>{{NUMBERS}}</p>{{#READY}}{{FORM:html}}{{/READY}}{{WITHDRAW:html}}</section>{{/SEND}}
