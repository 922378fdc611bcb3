{{%AUTOESCAPE context="HTML"}}
{{GATE:html}}
