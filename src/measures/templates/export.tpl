{{%AUTOESCAPE context="HTML"}}
<section class="app-panel" aria-label="{{_ Progress _}}">{{STATE:html}}</section>
