{{%AUTOESCAPE context="HTML"}}
<section class="app-panel">{{FORM:html}}</section>
{{#ROW}}<section class="app-panel"><h2>{{TITLE}}</h2>{{#SAME}}<p class="app-hint">{{_ Unchanged _}}</p>{{/SAME}}{{#NEW}}<p class="app-hint">{{_ New _}}</p>{{AFTER:html}}{{/NEW}}{{#CHANGED}}<p class="app-text">{{DIFFERENCES:html}}</p><details class="app-details"><summary>{{_ Both texts side by side _}}</summary><div class="app-cols"><div><h3>{{OLD_TITLE}}</h3>{{BEFORE:html}}</div><div><h3>{{TITLE}}</h3>{{AFTER:html}}</div></div></details>{{/CHANGED}}</section>{{/ROW}}
{{#GONE}}<section class="app-panel"><h2><del>{{TITLE}}</del></h2><p class="app-hint">{{_ No longer there _}}</p>{{TEXT:html}}</section>{{/GONE}}
