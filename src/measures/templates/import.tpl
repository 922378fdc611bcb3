{{%AUTOESCAPE context="HTML"}}
<dl class="app-meta"><dt>{{_ New _}}</dt><dd>{{FRESH}}</dd><dt>{{_ Changed _}}</dt><dd>{{CHANGED}}</dd><dt>{{_ As they are _}}</dt><dd>{{UNCHANGED}}</dd><dt>{{_ Mistakes _}}</dt><dd>{{WRONG}}</dd></dl>
{{#MISTAKES}}<section class="app-panel" aria-labelledby="h-fehler"><h2 id="h-fehler">{{_ What has to be mended _}}</h2><p>{{_ Mend these cells in the file and read it once more, or leave the column out. Nothing is read in before all of them are gone. _}}</p>
<table class="kern-table app-table"><thead><tr><th scope="col">{{_ Cell _}}</th><th scope="col">{{_ Mistake _}}</th></tr></thead><tbody>{{#MISTAKE}}<tr><th scope="row" class="app-nowrap"><bdi>{{PLACE}}</bdi></th><td data-label="{{_ Mistake _}}">{{TEXT}}</td></tr>{{/MISTAKE}}</tbody></table>
{{#MORE}}<p>{{_ Further mistakes, not listed here: _}} {{COUNT}}</p>{{/MORE}}</section>{{/MISTAKES}}
{{#ROWS}}<section class="app-panel" aria-label="{{_ Preview _}}">{{TABLE:html}}</section>{{/ROWS}}
{{#TAKE}}<section class="app-panel" aria-labelledby="h-uebernahme"><h2 id="h-uebernahme">{{_ Take over _}}</h2>{{FORM:html}}</section>{{/TAKE}}
<section class="app-panel" aria-labelledby="h-spalten"><h2 id="h-spalten">{{_ Which column is what _}}</h2><p>{{_ The choice is remembered for files with the same headings. _}}</p>{{MAPPING:html}}</section>
{{DROP:html}}
