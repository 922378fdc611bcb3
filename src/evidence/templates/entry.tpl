{{%AUTOESCAPE context="HTML"}}
<p>{{KIND}}, {{DAY}}{{#UNTIL}} – {{DAY}}{{/UNTIL}}{{#QUANTITY}} · {{_ Quantity _}}: {{NUMBER}}{{/QUANTITY}}{{#ORGANISATION}} · {{NAME}}{{/ORGANISATION}}</p>
{{#INTERNAL}}<section class="app-panel" aria-labelledby="h-intern"><h2 id="h-intern">{{_ For signed-in people _}}</h2>
<p>{{_ Key _}}: {{KEY}} · {{_ Subject _}}: {{SUBJECT}} · {{_ recorded on _}} {{RECORDED}} · {{PUBLISHED}}{{#IMPORTED}} · {{_ imported _}}{{/IMPORTED}}</p>
{{#ATTRIBUTE}}<p>{{NAME}} = {{VALUE}}</p>{{/ATTRIBUTE}}{{#NOTE}}<p>{{_ Internal note _}}: {{TEXT}}</p>{{/NOTE}}{{#LINK}}<p>{{LINKED:html}}</p>{{/LINK}}{{#FILE}}<p>{{LINKED:html}}<br><small>{{_ Checksum (SHA-256): _}} <code class="app-digest">{{DIGEST}}</code></small></p>{{/FILE}}
{{#WITHDRAWN}}<p><strong>{{_ Withdrawn on _}} {{DAY}}: {{REASON}}</strong></p>{{/WITHDRAWN}}
{{#CHANGE}}<details><summary>{{_ Withdraw _}}</summary>{{WITHDRAW:html}}</details>{{PUBLISH:html}}{{/CHANGE}}</section>{{/INTERNAL}}
