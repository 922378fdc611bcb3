{{%AUTOESCAPE context="HTML"}}
{{#NONE}}<p>{{_ No seat has been recorded yet. _}}</p>{{/NONE}}
{{#SOME}}<div class="app-scroll" tabindex="0" role="region" aria-label="{{_ Gaps in the seats _}}"><table class="app-table"><caption class="app-vh">{{_ Gaps in the seats _}}</caption>
<thead><tr><th scope="col">{{_ Seat _}}</th><th scope="col">{{_ Together _}}</th>{{#QUARTER}}<th scope="col">{{NAME}}</th>{{/QUARTER}}</tr></thead>
<tbody>{{#SEAT}}<tr><th scope="row">{{TITLE}}<br><small>{{BASIS}}</small></th><td data-label="{{_ Together _}}">{{#GAPS}}<strong>{{TOGETHER}}</strong>{{/GAPS}}{{#NO_GAP}}{{TOGETHER}}{{/NO_GAP}}</td>{{#CELL}}<td data-label="{{QUARTER}}"{{#FULL}} class="app-filled"{{/FULL}}>{{#GAP}}{{CHIP:html}}{{/GAP}}{{#FULL}}<span>{{_ filled _}}</span>{{/FULL}}</td>{{/CELL}}</tr>{{/SEAT}}</tbody></table></div>{{/SOME}}
