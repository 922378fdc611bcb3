{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><dl class="app-meta">
<dt>{{_ Sign-in name _}}</dt><dd>{{SIGN_IN}}</dd>
<dt>{{_ Role _}}</dt><dd>{{ROLE}}</dd>
{{#EMAIL}}<dt>{{_ E-mail address _}}</dt><dd>{{EMAIL}}</dd>{{/EMAIL}}
</dl></section>
<section class="app-panel"><h2 class="kern-heading-medium">{{_ Second factor _}}</h2>
{{#FACTOR}}<p>{{_ Switched on. Recovery codes left: _}} {{CODES}}</p>
<p><a class="kern-link" href="/konto/zweiter-faktor">{{_ Set it up anew, with new recovery codes _}}</a></p>{{REMOVE_FACTOR:html}}{{/FACTOR}}
{{#NO_FACTOR}}<p>{{_ Not switched on. With it a stolen password alone opens nothing. _}}</p>
<p><a class="kern-link" href="/konto/zweiter-faktor">{{_ Set up a second factor _}}</a></p>{{/NO_FACTOR}}
</section>
{{PASSKEYS:html}}
<section class="app-panel"><h2 class="kern-heading-medium">{{_ Change the password _}}</h2>{{PASSWORD:html}}</section>
<section class="app-panel"><h2 class="kern-heading-medium">{{_ Keys for programs _}}</h2><p>{{_ With a key a program acts for your account. It may never do more than you may. _}}</p>
<p><a class="kern-link" href="/konto/api-schluessel">{{_ See, make and revoke keys _}}</a></p></section>
<section class="app-panel"><h2 class="kern-heading-medium">{{_ Where you are signed in _}}</h2>
<table class="kern-table app-table">
<thead><tr><th scope="col">{{_ Device _}}</th><th scope="col">{{_ Since _}}</th><th scope="col">{{_ Last used _}}</th><th scope="col">{{_ End _}}</th></tr></thead>
<tbody>{{#SESSION}}<tr>
<th scope="row">{{DEVICE}}{{#PASSKEY}} <small>({{_ by passkey _}})</small>{{/PASSKEY}}</th>
<td data-label="{{_ Since _}}">{{SINCE}}</td>
<td data-label="{{_ Last used _}}">{{SEEN}}</td>
<td data-label="{{_ End _}}">{{#OWN}}{{_ this session _}}{{/OWN}}{{END:html}}</td>
</tr>{{/SESSION}}</tbody></table></section>
<section class="app-panel"><h2 class="kern-heading-medium">{{_ What is kept about you _}}</h2>
<p>{{_ Everything the program keeps about you, and who looked at it. _}}</p>
<p><a class="kern-link" href="/konto/daten">{{_ See my data _}}</a></p></section>
