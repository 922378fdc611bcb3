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
  for (const text of document.querySelectorAll('[data-without-script]')) text.hidden = true;
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

// Passkeys: the script only carries values between the form and the device; what they prove is checked by the server.
const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));
const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=/g, '');

async function askDevice(box) {
  const { passkey, challenge, site, siteName, user, userName, shownName, known } = box.dataset;
  if (passkey === 'get') {
    const { rawId, response } = await navigator.credentials.get({ publicKey: { challenge: toBytes(challenge), rpId: site, userVerification: 'required' } });
    return { credential: rawId, client_data: response.clientDataJSON, authenticator_data: response.authenticatorData, signature: response.signature, user_handle: response.userHandle ?? new ArrayBuffer(0) };
  }
  const { response } = await navigator.credentials.create({ publicKey: {
    challenge: toBytes(challenge), rp: { id: site, name: siteName }, user: { id: toBytes(user), name: userName, displayName: shownName },
    pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })), attestation: 'none',
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
    excludeCredentials: known.split(' ').filter(Boolean).map((id) => ({ type: 'public-key', id: toBytes(id) })),
  } });
  return { client_data: response.clientDataJSON, attestation: response.attestationObject };
}

document.addEventListener('DOMContentLoaded', () => {
  for (const box of document.querySelectorAll('[data-passkey]')) {
    if (!window.PublicKeyCredential) {
      for (const text of document.querySelectorAll('[data-passkey-without]')) text.hidden = false;
      continue;
    }
    box.hidden = false;
    const form = box.querySelector('form');
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      const failed = box.querySelector('[data-passkey-failed]');
      failed.hidden = true;
      try {
        for (const [name, value] of Object.entries(await askDevice(box))) form.elements[name].value = toText(value);
        form.submit();
      } catch {
        failed.hidden = false;
      }
    });
  }
});
