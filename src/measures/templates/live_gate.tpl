{{%AUTOESCAPE context="HTML"}}
<section class="app-panel" aria-labelledby="h-stufe"><h2 id="h-stufe">{{_ What this is worth so far _}}</h2><div id="stufe" role="status" data-hx-post="/massnahmen/stufe" data-hx-include="closest form" data-hx-trigger="change from:closest form delay:200ms" data-hx-target="this">{{GATE:html}}</div></section>
