{{%AUTOESCAPE context="HTML"}}
<section class="app-panel app-text">{{TEXT:html}}</section>
