{{%AUTOESCAPE context="HTML"}}
<section class="app-panel app-text">
{{#STEERS}}<p>{{_ Three steps lead to the first judged duty: _}}</p><ol class="kern-list kern-list--number"><li><a class="kern-link" href="/konzept/import">{{_ Bring in the concept as a document, mend the proposal and adopt it. _}}</a></li><li><a class="kern-link" href="/stellen">{{_ Say which offices and bodies bear duties. _}}</a></li><li><a class="kern-link" href="/pflichten/neu">{{_ Compose the duties from the statements. _}}</a></li></ol>{{/STEERS}}
{{#OTHERS}}<p>{{_ As soon as an integration concept is published, its state of implementation stands here. _}}</p>{{/OTHERS}}
</section>
