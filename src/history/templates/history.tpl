{{%AUTOESCAPE context="HTML"}}
{{#NONE}}<p>{{_ Nothing has been recorded. _}}</p>{{/NONE}}
<ol class="app-list app-log">{{#ENTRY}}<li><p><strong>{{WHAT}}</strong>{{#OF}} ({{TEXT}}){{/OF}}<br><small>{{WHEN}}, {{WHO}} · {{_ No. _}} {{NUMBER}}</small></p>{{#CHANGES}}<dl class="app-changes">{{#CHANGE}}<dt>{{FIELD}}</dt><dd>{{#BEFORE}}<del>{{TEXT}}</del>{{/BEFORE}}{{#BOTH}} → {{/BOTH}}{{#AFTER}}<ins>{{TEXT}}</ins>{{/AFTER}}{{#PURGED}}<em>{{_ removed, with a reason in the log _}}</em>{{/PURGED}}</dd>{{/CHANGE}}</dl>{{/CHANGES}}</li>{{/ENTRY}}</ol>
{{#OLDER}}<p><a class="kern-link" href="{{URL}}">{{_ Older changes _}}</a></p>{{/OLDER}}
