{{%AUTOESCAPE context="HTML"}}
<nav class="app-pages" aria-label="{{_ Views of the measures _}}"><ul>{{#VIEW}}<li><a href="{{URL}}">{{LABEL}}</a></li>{{/VIEW}}</ul></nav>
<form class="app-filter" method="get" action="/massnahmen" role="search" aria-label="{{_ Filter measures _}}">
<div class="kern-form-input"><label class="kern-label" for="suche">{{_ Words _}}</label><input class="kern-form-input__input" id="suche" name="suche" type="search" value="{{WORDS}}"></div>
<div class="kern-form-input"><label class="kern-label" for="stand">{{_ State of the measure _}}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="stand" name="zustand"><option value="">{{_ all _}}</option>{{#STATE}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{LABEL}}</option>{{/STATE}}</select></div></div>
<div class="kern-form-input"><label class="kern-label" for="stelle">{{_ Accountable _}}</label><div class="kern-form-input__select-wrapper"><select class="kern-form-input__select" id="stelle" name="stelle"><option value="">{{_ all _}}</option>{{#OFFICE}}<option value="{{VALUE}}"{{#SELECTED}} selected{{/SELECTED}}>{{LABEL}}</option>{{/OFFICE}}</select></div></div>
<div class="kern-form-input"><label class="kern-label" for="ziffer">{{_ Clause _}}</label><input class="kern-form-input__input" id="ziffer" name="ziffer" value="{{CLAUSE}}"></div>
<div class="kern-form-check"><input class="kern-form-check__checkbox" type="checkbox" id="ueberfaellig" name="ueberfaellig" value="ja"{{#OVERDUE}} checked{{/OVERDUE}}><label class="kern-label" for="ueberfaellig">{{_ past their end only _}}</label></div>
<button class="kern-btn kern-btn--secondary" type="submit"><span class="kern-label">{{_ Show _}}</span></button></form>
<p>{{COUNT}}</p>
{{#EMPTY}}<p class="app-empty">{{_ No measure fits. _}}</p>{{/EMPTY}}
{{#TABLE}}<section class="app-panel" aria-label="{{_ Measures _}}"><table class="kern-table app-table">
<thead><tr>{{#HEADING}}<th scope="col"{{#UP}} aria-sort="ascending"{{/UP}}{{#DOWN}} aria-sort="descending"{{/DOWN}}>{{#SORTABLE}}<a href="{{URL}}">{{LABEL}}</a>{{/SORTABLE}}{{#PLAIN}}{{LABEL}}{{/PLAIN}}</th>{{/HEADING}}</tr></thead>
<tbody>{{#ROW}}<tr><td data-label="{{_ Number _}}" class="app-nowrap"><bdi>{{KEY}}</bdi></td><th scope="row"><a class="kern-link" href="{{URL}}">{{TITLE}}</a></th><td data-label="{{_ Accountable _}}">{{ACCOUNTABLE}}</td><td data-label="{{_ Due _}}" class="app-date">{{DUE}}</td><td data-label="{{_ State of the measure _}}">{{STATE:html}}</td><td data-label="{{_ Grade _}}">{{GRADE:html}} {{FLAGS:html}}</td></tr>{{/ROW}}</tbody></table>
<nav class="app-pages" aria-label="{{_ Pages _}}">{{#PREVIOUS}}<a href="{{URL}}" rel="prev">{{_ previous page _}}</a>{{/PREVIOUS}}<p>{{POSITION}}</p>{{#NEXT}}<a href="{{URL}}" rel="next">{{_ next page _}}</a>{{/NEXT}}</nav></section>{{/TABLE}}
