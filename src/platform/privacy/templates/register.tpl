{{%AUTOESCAPE context="HTML"}}
{{#ACTIVITY}}<section class="app-panel"><h2 class="kern-heading-medium">{{TITLE}}</h2><dl class="app-meta">
<dt>{{_ Purpose _}}</dt><dd>{{PURPOSE}}</dd>
<dt>{{_ Legal basis _}}</dt><dd>{{BASIS}}</dd>
<dt>{{_ Persons _}}</dt><dd>{{PERSONS}}</dd>
<dt>{{_ Recipients _}}</dt><dd>{{RECIPIENTS}}</dd>
<dt>{{_ Kept for _}}</dt><dd>{{KEPT}}</dd>
<dt>{{_ Columns of the database _}}</dt><dd>{{#COLUMN}}<code>{{NAME}}</code> {{/COLUMN}}</dd>
</dl></section>{{/ACTIVITY}}
