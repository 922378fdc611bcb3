{{%AUTOESCAPE context="HTML"}}
<section class="app-panel">{{#EMPTY}}<p>{{_ No mail yet. _}}</p>{{/EMPTY}}
{{#ROWS}}<table class="kern-table app-table">
<thead><tr><th scope="col">{{_ Subject _}}</th><th scope="col">{{_ To _}}</th><th scope="col">{{_ Queued _}}</th><th scope="col">{{_ State _}}</th><th scope="col">{{_ Attempts _}}</th></tr></thead>
<tbody>{{#ROW}}<tr>
<th scope="row">{{SUBJECT}}</th>
<td data-label="{{_ To _}}">{{TO}}</td>
<td data-label="{{_ Queued _}}">{{QUEUED}}</td>
<td data-label="{{_ State _}}">{{STATE}}{{#TOGETHER}} ({{_ together with another _}}){{/TOGETHER}}{{#FAILURE}}<br><small>{{FAILURE}}</small>{{/FAILURE}}</td>
<td data-label="{{_ Attempts _}}">{{ATTEMPTS}}</td>
</tr>{{/ROW}}</tbody></table>{{/ROWS}}
{{#OLDER}}<p><a class="kern-link" href="{{OLDER}}">{{_ Older ones _}}</a></p>{{/OLDER}}</section>
