{{%AUTOESCAPE context="HTML"}}
<div data-passkey="get" data-challenge="{{CHALLENGE}}" data-site="{{SITE}}" hidden>
<p>{{_ Or without a password: _}}</p>
{{FORM:html}}
<p class="kern-body" data-passkey-failed role="alert" hidden>{{_ Your device offered no passkey. Please sign in with name and password. _}}</p>
</div>
