{{%AUTOESCAPE context="HTML"}}
<section class="app-panel" id="passkeys"><h2 class="kern-heading-medium">{{_ Passkeys _}}</h2>
<p>{{_ A passkey opens your account with the fingerprint, face or PIN of your device: no password travels, and no forged page can ask for it. _}}</p>
{{#TABLE}}<table class="kern-table app-table">
<thead><tr><th scope="col">{{_ Name _}}</th><th scope="col">{{_ Since _}}</th><th scope="col">{{_ Last used _}}</th><th scope="col">{{_ Remove _}}</th></tr></thead>
<tbody>{{#ROW}}<tr>
<th scope="row">{{NAME}}</th>
<td data-label="{{_ Since _}}">{{SINCE}}</td>
<td data-label="{{_ Last used _}}">{{#USED}}{{USED}}{{/USED}}{{#NEVER}}{{_ not yet _}}{{/NEVER}}</td>
<td data-label="{{_ Remove _}}">{{REMOVE:html}}</td>
</tr>{{/ROW}}</tbody></table>{{/TABLE}}
{{#POSSIBLE}}<p><a class="kern-link" href="/konto/passkeys/neu">{{_ Add a passkey _}}</a></p>{{/POSSIBLE}}
{{#IMPOSSIBLE}}<p>{{_ Passkeys work only under the public address of this site with https. Your administration sets it under “E-mail”. _}}</p>{{/IMPOSSIBLE}}
</section>
