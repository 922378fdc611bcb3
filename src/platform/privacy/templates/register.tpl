{{%AUTOESCAPE context="HTML"}}
{{#ACTIVITY}}<section class="app-panel"><h2 class="kern-heading-medium">{{TITLE}}</h2><dl class="app-facts">
<div><dt>{{_ Purpose _}}</dt><dd>{{PURPOSE}}</dd></div>
<div><dt>{{_ Legal basis _}}</dt><dd>{{BASIS}}</dd></div>
<div><dt>{{_ Persons _}}</dt><dd>{{PERSONS}}</dd></div>
<div><dt>{{_ Recipients _}}</dt><dd>{{RECIPIENTS}}</dd></div>
<div><dt>{{_ Kept _}}</dt><dd>{{KEPT}}</dd></div>
<div><dt>{{_ Columns of the database _}}</dt><dd>{{#COLUMN}}<code>{{NAME}}</code> {{/COLUMN}}</dd></div>
</dl></section>{{/ACTIVITY}}
