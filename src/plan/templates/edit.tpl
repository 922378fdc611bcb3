{{%AUTOESCAPE context="HTML"}}
<section class="app-panel" aria-labelledby="h-text"><h2 id="h-text">{{_ Number, heading and text _}}</h2>{{EDIT:html}}</section>
{{#STATEMENT}}<section class="app-panel" id="s-{{KEY}}"><h2><a class="kern-link" href="{{URL}}">{{_ Statement _}} {{KEY}}</a></h2><blockquote class="app-quote"><p>{{QUOTE}}</p></blockquote><p class="app-hint">{{MODALITY}}{{#PROPOSED}} ({{_ proposed, not confirmed _}}){{/PROPOSED}}</p></section>{{/STATEMENT}}
<section class="app-panel" aria-labelledby="h-aussage"><h2 id="h-aussage">{{_ Add a statement the import missed _}}</h2>{{ADD:html}}</section>
<section class="app-panel" aria-labelledby="h-teilen"><h2 id="h-teilen">{{_ Split this clause _}}</h2>{{SPLIT:html}}</section>
<section class="app-panel" aria-labelledby="h-schieben"><h2 id="h-schieben">{{_ Move this clause _}}</h2>{{MOVE:html}}</section>
<section class="app-panel" aria-labelledby="h-verbinden"><h2 id="h-verbinden">{{_ Join this clause _}}</h2>{{JOIN:html}}</section>
