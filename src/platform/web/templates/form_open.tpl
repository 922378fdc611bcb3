{{%AUTOESCAPE context="HTML"}}
<form class="app-form" method="{{METHOD}}" action="{{ACTION}}"{{#MULTIPART}} enctype="multipart/form-data"{{/MULTIPART}}{{#PARTIAL}} data-hx-post="{{ACTION}}" data-hx-target="{{TARGET}}"{{/PARTIAL}}{{#PARTIAL_GET}} data-hx-get="{{ACTION}}" data-hx-target="{{TARGET}}" data-hx-push-url="true"{{/PARTIAL_GET}} novalidate>
