{{%AUTOESCAPE context="HTML"}}
{{#PART_OF}}<p>{{_ Part of _}} <a class="kern-link" href="{{URL}}">{{NAME}}</a></p>{{/PART_OF}}
{{#OUTSIDE}}<p>{{_ Does not belong to the district: it can commit itself, but no measure or duty can be assigned to it (clause 4.2). _}}</p>{{/OUTSIDE}}
{{#HAS_PARTS}}<section class="app-panel" aria-labelledby="h-teile"><h2 id="h-teile">{{_ Belongs to it _}}</h2><ul class="kern-list kern-list--bullet">{{#PART}}<li><a class="kern-link" href="{{URL}}">{{NAME}}</a></li>{{/PART}}</ul></section>{{/HAS_PARTS}}
{{#OFFICE}}<section class="app-panel" aria-labelledby="h-amt"><h2 id="h-amt">{{_ Who holds the office _}}</h2>
{{#RISK}}<p><strong>{{_ At risk: _}} {{TEXT}}</strong></p>{{/RISK}}
{{#NO_TERMS}}<p>{{_ No term has been recorded yet. _}}</p>{{/NO_TERMS}}
{{#TERMS}}<table class="kern-table app-table">
<thead><tr><th scope="col">{{_ From _}}</th><th scope="col">{{_ Until _}}</th><th scope="col">{{_ Funded until _}}</th>{{#SIGNED_IN}}<th scope="col">{{_ Holder _}}</th><th scope="col">{{_ Deputy _}}</th>{{/SIGNED_IN}}{{#STEERS}}<th scope="col">{{_ Change _}}</th>{{/STEERS}}</tr></thead>
<tbody>{{#TERM}}<tr><td data-label="{{_ From _}}">{{FROM}}</td><td data-label="{{_ Until _}}">{{UNTIL}}</td><td data-label="{{_ Funded until _}}">{{FUNDED}}</td>{{#PEOPLE}}<td data-label="{{_ Holder _}}">{{HOLDER}}</td><td data-label="{{_ Deputy _}}">{{DEPUTY}}</td>{{/PEOPLE}}{{#CHANGE}}<td data-label="{{_ Change _}}"><details{{#OPEN}} open{{/OPEN}}><summary>{{_ Change or withdraw _}}</summary>{{EDIT:html}}{{WITHDRAW:html}}</details></td>{{/CHANGE}}</tr>{{/TERM}}</tbody></table>{{/TERMS}}
</section>{{#STEERS}}<section class="app-panel" aria-labelledby="h-neu"><h2 id="h-neu">{{_ Record a term _}}</h2>{{ADD:html}}</section>{{/STEERS}}{{/OFFICE}}
{{PANELS:html}}
