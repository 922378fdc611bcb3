{{%AUTOESCAPE context="HTML"}}
{{#PROOFS}}<section class="app-panel" aria-labelledby="h-bestaetigt"><h2 id="h-bestaetigt">{{_ Confirmed _}}</h2><ul class="kern-list kern-list--bullet">{{#PROOF}}<li>{{LABEL}}: {{TEXT}}</li>{{/PROOF}}</ul></section>{{/PROOFS}}
{{#SEATS}}<section class="app-panel" aria-labelledby="h-netzwerke"><h2 id="h-netzwerke">{{_ Seats in networks and working groups _}}</h2><ul class="kern-list kern-list--bullet">{{#SEAT}}<li>{{GROUP:html}}: {{TITLE}}, {{SINCE}}{{#UNTIL}} {{_ until _}} {{DAY}}{{/UNTIL}}</li>{{/SEAT}}</ul></section>{{/SEATS}}
