{{%AUTOESCAPE context="HTML"}}
<div class="kern-form-input{{#INVALID}} kern-form-input--error{{/INVALID}}"><label class="kern-label" for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="kern-label__optional">– {{_ optional _}}</span>{{/OPTIONAL}}</label>
{{#HINT}}<div class="kern-hint" id="{{ID}}-hinweis">{{HINT}}</div>{{/HINT}}
<input class="app-file{{#INVALID}} app-file--error{{/INVALID}}" id="{{ID}}" name="{{NAME}}" type="file"{{#ACCEPT}} accept="{{TYPES}}"{{/ACCEPT}}{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}>
{{#MISTAKE}}<p class="kern-error" id="{{ID}}-fehler"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-body">{{MISTAKE}}</span></p>{{/MISTAKE}}</div>
