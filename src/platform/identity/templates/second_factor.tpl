{{%AUTOESCAPE context="HTML"}}
<section class="app-panel"><ol>
<li>{{_ Open an authenticator app on your telephone: any that knows “TOTP” will do. _}}</li>
<li>{{_ Scan this code with it, or type the key. _}}</li>
<li>{{_ Type the code the app shows, and your password. _}}</li>
</ol>
<p>{{QR:html}}</p>
<p>{{_ Key _}}: <code>{{KEY}}</code></p>
</section>
{{FORM:html}}
