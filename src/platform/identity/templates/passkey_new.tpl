{{%AUTOESCAPE context="HTML"}}
<section class="app-panel">
<p data-without-script>{{_ A passkey can only be made with JavaScript. Without it, sign in with your password and a second factor; both do the same job. _}}</p>
<p data-passkey-without hidden>{{_ This browser knows no passkeys. Use a newer one, or sign in with your password and a second factor. _}}</p>
<div data-passkey="create" data-challenge="{{CHALLENGE}}" data-site="{{SITE}}" data-site-name="{{SITE_NAME}}" data-user="{{USER}}" data-user-name="{{USER_NAME}}" data-shown-name="{{SHOWN_NAME}}" data-known="{{KNOWN}}" hidden>
<p>{{_ Your device now asks for fingerprint, face or PIN. What it recognises you by never leaves it. _}}</p>
{{FORM:html}}
<p class="kern-body" data-passkey-failed role="alert" hidden>{{_ No passkey was made. Perhaps this device has one for this account already, or you stopped; you can try again. _}}</p>
</div>
</section>
