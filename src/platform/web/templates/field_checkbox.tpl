{{%AUTOESCAPE context="HTML"}}
<div class="app-single-check"><div class="kern-form-check"><input class="kern-form-check__checkbox{{#INVALID}} kern-form-check__checkbox--error{{/INVALID}}" type="checkbox" id="{{ID}}" name="{{NAME}}" value="ja"{{#CHECKED}} checked{{/CHECKED}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}><label class="kern-label" for="{{ID}}">{{LABEL}}</label></div>
{{#HINT}}<div class="kern-hint app-choice-hint" id="{{ID}}-hinweis">{{HINT}}</div>{{/HINT}}
{{#MISTAKE}}<p class="kern-error" id="{{ID}}-fehler"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-body">{{MISTAKE}}</span></p>{{/MISTAKE}}</div>
