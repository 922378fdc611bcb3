{{%AUTOESCAPE context="HTML"}}
<ul class="app-export" aria-label="{{_ The same as a file _}}">{{#ITEM}}<li><a class="kern-link" href="{{URL}}" rel="nofollow"><span class="kern-icon kern-icon--download kern-icon--small" aria-hidden="true"></span>{{TITLE}}</a></li>{{/ITEM}}</ul>
