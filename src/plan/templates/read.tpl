{{%AUTOESCAPE context="HTML"}}
{{#VALIDITY}}<p class="app-hint">{{_ Valid from _}} {{FROM}}{{#LAST}} {{_ until _}} {{UNTIL}}{{/LAST}}. {{_ Shown as of _}} {{DAY}}.</p>{{/VALIDITY}}
{{#RESOLUTION}}<p class="app-hint">{{_ Resolution: _}} {{TEXT}}</p>{{/RESOLUTION}}
<details class="app-panel app-details"><summary>{{_ Contents _}}</summary><ul class="app-list">{{#CONTENT}}<li><a class="kern-link" href="#z-{{ANCHOR}}">{{TITLE}}</a></li>{{/CONTENT}}</ul></details>
{{#CLAUSE}}<section class="app-panel app-panel--text" id="z-{{ANCHOR}}" aria-labelledby="h-{{ANCHOR}}"><h2 id="h-{{ANCHOR}}"><a class="kern-link" href="{{URL}}">{{TITLE}}</a></h2>{{TEXT:html}}{{#MODALITY}}<p class="app-hint">{{_ Strongest statement: _}} {{LABEL}}</p>{{/MODALITY}}</section>{{/CLAUSE}}
