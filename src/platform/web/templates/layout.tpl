{{%AUTOESCAPE context="HTML"}}<!DOCTYPE html>
<html lang="{{LANG}}" dir="ltr">
<head>
<meta charset="utf-8">
<title>{{TITLE}} – {{PRODUCT}} – {{MUNICIPALITY}}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
{{#CSRF}}<meta name="csrf-token" content="{{TOKEN}}">{{/CSRF}}
{{#NOINDEX}}<meta name="robots" content="noindex">{{/NOINDEX}}
<link rel="icon" href="{{ICON}}" type="image/svg+xml">
<link rel="stylesheet" href="{{KERN_CSS}}">
<link rel="stylesheet" href="{{APP_CSS}}">
<script src="{{HTMX}}" defer></script>
<script src="{{APP_JS}}" defer></script>
{{#ALTERNATE}}<link rel="alternate" type="{{TYPE}}" href="{{URL}}" title="{{TITLE}}">{{/ALTERNATE}}
</head>
<body>
<a class="app-skip" href="#inhalt">{{_ Skip to the content _}}</a>
<div class="kern-kopfzeile" role="region" aria-label="{{_ Official website _}}"><div class="app-wrap"><div class="kern-kopfzeile__content"><span class="kern-kopfzeile__flagge" aria-hidden="true"><svg viewBox="0 0 24 16" width="24" height="16"><path fill="#000" d="M0 0h24v5.33H0z"/><path fill="#e00" d="M0 5.33h24v5.34H0z"/><path fill="#FACA2C" d="M0 10.67h24V16H0z"/></svg></span><span class="kern-kopfzeile__label">{{_ Official website _}} – {{MUNICIPALITY}}</span></div></div></div>
<header class="app-top"><div class="app-wrap">
<div class="app-top__row">
<a class="app-brand" href="/"><svg viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="6" fill="currentColor"/><g class="app-brand__mark" fill="none" stroke-width="3" stroke-linecap="round"><circle cx="13.5" cy="13" r="3.4"/><circle cx="26.5" cy="13" r="3.4"/><path d="M7 30c0-6 3-9.5 6.500-9.500S20 24 20 30c0-6 3-9.500 6.500-9.500S33 24 33 30"/></g></svg><span><b>{{PRODUCT}}</b><small>{{MUNICIPALITY}}</small></span></a>
<nav class="app-util" aria-label="{{_ Service _}}"><ul>
{{#LANGUAGE}}<li><a class="kern-link" href="{{URL}}" lang="{{CODE}}" hreflang="{{CODE}}" rel="nofollow">{{NAME}}</a></li>{{/LANGUAGE}}
{{#SIGN_IN}}<li><a class="kern-link" href="{{URL}}" rel="nofollow">{{_ Sign in _}}</a></li>{{/SIGN_IN}}
{{#SIGNED_IN}}<li><a class="kern-link app-who" href="{{ACCOUNT_URL}}">{{NAME}}</a></li><li><form method="post" action="{{URL}}"><input type="hidden" name="_csrf" value="{{TOKEN}}"><button class="app-linkbutton" type="submit">{{_ Sign out _}}</button></form></li>{{/SIGNED_IN}}
</ul></nav>
</div>
{{#NAVIGATION}}<details class="app-menu"><summary>{{_ Menu _}}{{#HERE}}: {{TITLE}}{{/HERE}}</summary><nav class="app-nav" aria-label="{{_ Main navigation _}}"><ul>{{#ENTRY}}<li><a href="{{URL}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}{{#WITHIN}} aria-current="true"{{/WITHIN}}>{{TITLE}}</a></li>{{/ENTRY}}</ul>{{#ADMINISTRATION}}<ul class="app-nav__inner">{{#ENTRY}}<li><a href="{{URL}}"{{#CURRENT}} aria-current="page"{{/CURRENT}}{{#WITHIN}} aria-current="true"{{/WITHIN}}>{{TITLE}}</a></li>{{/ENTRY}}</ul>{{/ADMINISTRATION}}</nav></details>{{/NAVIGATION}}
</div></header>
{{#NOTICES}}<div class="app-notices" role="region" aria-label="{{_ About this page _}}"><div class="app-wrap">
{{#SAMPLE}}<p class="app-notice app-notice--sample"><b>{{_ Sample data _}}</b> <span>{{_ What you see here is invented. It shows how the program works and says nothing about real offices, bodies or events. _}}</span></p>{{/SAMPLE}}
{{#FIXED_DAY}}<p class="app-notice"><b>{{_ Fixed day: {DAY} _}}</b> <span>{{_ All deadlines are judged as if this were today. _}}</span></p>{{/FIXED_DAY}}
{{#DEMO_DAY}}<form class="app-notice" method="get" action="/heute"><b>{{_ Demonstration: today is {DAY} _}}</b> <span class="app-notice__form"><label for="demo-tag">{{_ Another day (DD.MM.YYYY) _}}</label><input class="kern-form-input__input" id="demo-tag" name="tag" type="text" inputmode="decimal" autocomplete="off" value="{{DAY}}" size="10"><input type="hidden" name="zurueck" value="{{BACK}}"><button class="kern-btn kern-btn--secondary" type="submit"><span class="kern-label">{{_ Switch _}}</span></button></span></form>{{/DEMO_DAY}}
{{#AS_OF}}<p class="app-notice app-notice--time"><b>{{_ As of {DAY} _}}</b> {{#KNOWN_ON}}<span>{{_ as it was known on {DAY} _}}</span> {{/KNOWN_ON}}<a class="kern-link" href="{{URL}}">{{_ Show today _}}</a></p>{{/AS_OF}}
</div></div>{{/NOTICES}}
<main id="inhalt" class="app-main" tabindex="-1"><div class="app-wrap">
{{#CRUMBS}}<nav class="app-crumbs" aria-label="{{_ You are here _}}"><ol>{{#CRUMB}}<li><a class="kern-link" href="{{URL}}">{{TITLE}}</a></li>{{/CRUMB}}<li><span aria-current="page">{{HERE}}</span></li></ol></nav>{{/CRUMBS}}
{{#FLASH}}<div class="app-flash app-flash--{{TONE}}" role="status"><span class="kern-icon kern-icon--{{TONE}}" aria-hidden="true"></span><p>{{TEXT}}</p>{{#ACTION}}<form method="post" action="{{URL}}"><input type="hidden" name="_csrf" value="{{TOKEN}}"><input type="hidden" name="_idempotency" value="{{KEY}}"><button class="app-linkbutton" type="submit">{{LABEL}}</button></form>{{/ACTION}}</div>{{/FLASH}}
{{#HEADING}}<div class="app-head"><div><h1>{{TITLE}}</h1>{{#LEAD}}<p>{{LEAD}}</p>{{/LEAD}}</div>{{#ACTIONS}}<div class="app-actions">{{#BUTTON}}<a class="kern-btn kern-btn--{{KIND}}" href="{{URL}}">{{#ICON}}<span class="kern-icon kern-icon--{{ICON}}" aria-hidden="true"></span>{{/ICON}}<span class="kern-label">{{TITLE}}</span></a>{{/BUTTON}}</div>{{/ACTIONS}}</div>{{/HEADING}}
{{CONTENT:html}}
</div></main>
<div id="meldung" class="app-vh" role="status" aria-live="polite"></div>
<footer class="app-foot"><div class="app-wrap"><nav aria-label="{{_ Footer _}}"><ul>
<li><a class="kern-link" href="{{IMPRINT_URL}}">{{_ Imprint _}}</a></li>
<li><a class="kern-link" href="{{PRIVACY_URL}}">{{_ Data protection _}}</a></li>
<li><a class="kern-link" href="{{ACCESSIBILITY_URL}}">{{_ Accessibility _}}</a></li>
<li><a class="kern-link" href="{{BARRIER_URL}}">{{_ Report a barrier _}}</a></li>
</ul></nav><p class="app-foot__note">{{PRODUCT}} · {{MUNICIPALITY}}<span class="app-print"> · {{_ Printed from {ADDRESS} on {PRINT_DAY} _}}</span></p></div></footer>
</body>
</html>
