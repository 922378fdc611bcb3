{{%AUTOESCAPE context="HTML"}}
{{#RESULT}}<section class="app-panel" aria-labelledby="h-ergebnis"><h2 id="h-ergebnis">{{_ What would happen _}}</h2><p>{{SUMMARY}}</p>
{{#MISTAKES}}<div role="alert"><h3>{{_ This has to be mended first; nothing is taken over _}}</h3><ul class="kern-list kern-list--bullet">{{#ITEM}}<li><strong>{{PLACE}}</strong>: {{TEXT}}</li>{{/ITEM}}</ul></div>{{/MISTAKES}}
{{#HINTS}}<h3>{{_ May be there twice _}}</h3><ul class="kern-list kern-list--bullet">{{#ITEM}}<li><strong>{{PLACE}}</strong>: {{TEXT}}</li>{{/ITEM}}</ul>{{/HINTS}}
{{#TAKE}}{{FORM:html}}{{/TAKE}}</section>{{/RESULT}}
{{FORM:html}}
<section class="app-panel" aria-labelledby="h-vorlagen"><h2 id="h-vorlagen">{{_ The same tables to download _}}</h2><ul class="kern-list kern-list--bullet"><li><a class="kern-link" href="/organisationen/tabelle.xlsx">{{_ Organisations _}} (XLSX)</a></li><li><a class="kern-link" href="/organisationen/tabelle.csv">{{_ Organisations _}} (CSV)</a></li><li><a class="kern-link" href="/organisationen/kontakte.xlsx">{{_ Contacts _}} (XLSX)</a></li><li><a class="kern-link" href="/organisationen/kontakte.csv">{{_ Contacts _}} (CSV)</a></li></ul></section>
