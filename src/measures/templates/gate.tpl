{{%AUTOESCAPE context="HTML"}}
<p>{{_ Grade _}}: {{GRADE:html}}</p>
<ul class="app-list">{{#RULE}}<li>{{MARK:html}} <strong>{{NAME}}</strong> {{TITLE}} <span class="app-hint">({{_ clause _}} <bdi>{{CLAUSE}}</bdi>{{#OPTIONAL}}; {{_ optional here _}}{{/OPTIONAL}})</span>{{#FINDING}}<br>{{FINDING}} {{REMEDY}}{{/FINDING}}</li>{{/RULE}}</ul>
