{{%AUTOESCAPE context="HTML"}}
<div class="app-buttons"><button class="kern-btn kern-btn--{{KIND}}" type="submit"><span class="kern-label">{{SUBMIT}}</span></button>{{MORE:html}}{{#CANCEL}}<a class="kern-btn kern-btn--tertiary" href="{{URL}}"><span class="kern-label">{{_ Cancel _}}</span></a>{{/CANCEL}}</div></form>
