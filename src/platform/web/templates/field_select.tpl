{{%AUTOESCAPE context="HTML"}}
<div class="kern-form-input{{#INVALID}} kern-form-input--error{{/INVALID}}"><label class="kern-label" for="{{ID}}">{{LABEL}}{{#OPTIONAL}} <span class="kern-label__optional">– {{_ optional _}}</span>{{/OPTIONAL}}</label>
{{#HINT}}<div class="kern-hint" id="{{ID}}-hinweis">{{HINT}}</div>{{/HINT}}
<div class="kern-form-input__select-wrapper{{#INVALID}} kern-form-input__select-wrapper--error{{/INVALID}}"><select class="kern-form-input__select" id="{{ID}}" name="{{NAME}}"{{#DESCRIBED}} aria-describedby="{{BY}}"{{/DESCRIBED}}{{#INVALID}} aria-invalid="true"{{/INVALID}}>{{#GROUP}}{{#BEGIN}}<optgroup label="{{TITLE}}">{{/BEGIN}}{{#OPTION}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{LABEL}}</option>{{/OPTION}}{{#END}}</optgroup>{{/END}}{{/GROUP}}</select></div>
{{#MISTAKE}}<p class="kern-error" id="{{ID}}-fehler"><span class="kern-icon kern-icon--danger" aria-hidden="true"></span><span class="kern-body">{{MISTAKE}}</span></p>{{/MISTAKE}}</div>
