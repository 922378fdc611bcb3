{{%AUTOESCAPE context="HTML"}}
<table class="app-table"><caption{{#CAPTION_HIDDEN}} class="app-vh"{{/CAPTION_HIDDEN}}>{{CAPTION}}</caption><thead><tr>{{#HEAD}}<th scope="col"{{#NUMERIC}} class="app-end"{{/NUMERIC}}{{#SORTED}} aria-sort="{{ORDER}}"{{/SORTED}}>{{#SORT}}<a href="{{URL}}" rel="nofollow">{{TITLE}}</a>{{/SORT}}{{#PLAIN}}{{TITLE}}{{/PLAIN}}</th>{{/HEAD}}</tr></thead><tbody>
{{#ROW}}<tr>{{#CELL}}{{#HEADING}}<th scope="row">{{VALUE:html}}</th>{{/HEADING}}{{#DATA}}<td data-label="{{LABEL}}" class="app-cell{{#NUMERIC}} app-end{{/NUMERIC}}{{#NOWRAP}} app-nowrap{{/NOWRAP}}"><span>{{VALUE:html}}</span></td>{{/DATA}}{{/CELL}}</tr>
{{/ROW}}</tbody></table>
