// Everything works without this file; it adds what only a script can.
'use strict';

// A refused form: the summary of mistakes gets the focus, so that it is read first.
function showMistakes(root) {
  const summary = root.querySelector('#fehler');
  if (summary) summary.focus();
}

// Forms sent by htmx carry their token as a field; buttons without a form get it here.
document.addEventListener('htmx:config:request', (event) => {
  const token = document.querySelector('meta[name="csrf-token"]');
  if (token) event.detail.ctx.request.headers['X-CSRF-Token'] = token.content;
});
document.addEventListener('htmx:after:swap', () => showMistakes(document));

document.addEventListener('DOMContentLoaded', () => {
  showMistakes(document);
  // Filters apply as soon as one is chosen; the button stays for everybody else.
  for (const form of document.querySelectorAll('form[data-auto]')) form.addEventListener('change', () => form.requestSubmit());
  // What stands folded must be on paper, too.
  window.addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('.app-tree details:not([open])')) { details.open = true; details.dataset.printed = ''; }
  });
  window.addEventListener('afterprint', () => {
    for (const details of document.querySelectorAll('details[data-printed]')) { details.open = false; delete details.dataset.printed; }
  });
});
