{{%AUTOESCAPE context="HTML"}}
{{#STATE}}<section class="app-panel" aria-labelledby="h-zus"><h2 id="h-zus">{{TITLE}}</h2><p>{{CHIP:html}}</p>{{TEXT:html}}{{#CONFIRM}}{{FORM:html}}{{/CONFIRM}}{{#WITHDRAW}}{{FORM:html}}{{/WITHDRAW}}</section>{{/STATE}}
{{#WRITE}}<section class="app-panel" aria-labelledby="h-schr"><h2 id="h-schr">{{_ In your own words _}}</h2><p>{{_ Nothing is assigned to you. You write it, you confirm it, and with this link you may withdraw it at any time. _}}{{#AGAIN}} {{_ Other words have to be confirmed again. _}}{{/AGAIN}}</p>{{FORM:html}}</section>{{/WRITE}}
