{{%AUTOESCAPE context="HTML"}}
<div class="app-button-form">{{OPEN:html}}<button class="kern-btn kern-btn--{{KIND}}" type="submit"><span class="kern-label">{{LABEL}}</span></button></form></div>
