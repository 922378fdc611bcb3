{{%AUTOESCAPE context="HTML"}}
{{FILTER:html}}
<p>{{COUNT}}{{#TOGETHER}} {{_ They are too many to draw one by one, so they stand together by chapter. Choose a chapter to see its measures. _}}{{/TOGETHER}}</p>
{{#EMPTY}}<p class="app-empty">{{_ No measure fits. _}}</p>{{/EMPTY}}
{{#GRAPH}}<section class="app-panel app-net__panel" aria-labelledby="h-bild"><h2 id="h-bild">{{_ Picture _}}</h2>{{PICTURE:html}}</section>
<section class="app-panel" aria-labelledby="h-tab"><h2 id="h-tab">{{_ The same as a table _}}</h2>{{TABLE:html}}</section>{{/GRAPH}}
