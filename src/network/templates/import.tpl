{{%AUTOESCAPE context="HTML"}}
{{#RESULT}}<section class="app-panel" aria-labelledby="h-ergebnis"><h2 id="h-ergebnis">{{_ What would happen _}}</h2><p>{{SUMMARY}}</p>
{{#MISTAKES}}<div role="alert"><h3>{{_ This has to be mended first; nothing is taken over _}}</h3><ul class="kern-list kern-list--bullet">{{#ITEM}}<li><strong>{{PLACE}}</strong>: {{TEXT}}</li>{{/ITEM}}</ul></div>{{/MISTAKES}}
{{#HINTS}}<h3>{{_ May be there twice _}}</h3><ul class="kern-list kern-list--bullet">{{#ITEM}}<li><strong>{{PLACE}}</strong>: {{TEXT}}</li>{{/ITEM}}</ul>{{/HINTS}}
{{#ROWS}}<table class="kern-table app-table app-table--stack"><caption>{{_ The first rows as they would be read _}}</caption><thead><tr><th scope="col">{{_ Cell _}}</th><th scope="col">{{_ What happens _}}</th><th scope="col">{{_ Name _}}</th></tr></thead><tbody>{{#ROW}}<tr><th scope="row">{{PLACE}}</th><td data-label="{{_ What happens _}}">{{WHAT}}</td><td data-label="{{_ Name _}}">{{TITLE}}</td></tr>{{/ROW}}</tbody></table>{{#MORE}}<p>{{TEXT}}</p>{{/MORE}}{{/ROWS}}
{{#TAKE}}<p>{{_ Nothing has been taken over yet. _}}</p>{{FORM:html}}{{/TAKE}}</section>{{/RESULT}}
{{FORM:html}}
<section class="app-panel" aria-labelledby="h-vorlagen"><h2 id="h-vorlagen">{{_ The same tables to download _}}</h2><ul class="kern-list kern-list--bullet">{{#DOWNLOAD}}<li>{{TITLE}}: <a class="kern-link" href="{{URL}}.xlsx">XLSX</a>, <a class="kern-link" href="{{URL}}.csv">CSV</a></li>{{/DOWNLOAD}}</ul></section>
