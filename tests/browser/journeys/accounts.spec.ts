import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import path from 'node:path';
import { Mailbox } from '../support/mailbox';
import { expect, setUp, test } from '../support/test';
import { freePort, root } from '../support/server';

// Buttons are pressed by the keyboard: it needs no scrolling, which never comes to rest without scripts on a busy machine.

// RFC 6238, as an authenticator app computes it.
function totp(key: string): string {
  const bits = [...key].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = crypto.createHmac('sha1', secret).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('invited by mail, an own password, a second factor, and back in with it', async ({ page, empty, browser }, info) => {
  const mailbox = await Mailbox.open();
  const who = `amt-${info.project.name}`, address = `${who}@kreis.example`, password = 'sieben leise trommeln am teich';
  try {
    await setUp(page, empty);
    await page.goto(empty.url + '/einstellungen/mail');
    await page.locator('[name=public_address]').fill(empty.url);
    await page.locator('[name=from]').fill('integration@kreis.example');
    await page.locator('[name=host]').fill('localhost');
    await page.locator('[name=port]').fill(String(mailbox.port));
    await page.getByLabel('ungeschützt', { exact: false }).press('Space');
    await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
    await expect(page.getByText('Gespeichert')).toBeVisible();

    await page.goto(empty.url + '/konten/neu');
    await page.locator('[name=sign_in]').fill(who);
    await page.locator('[name=display_name]').fill('Amt am Markt');
    await page.locator('[name=email]').fill(address);
    await page.getByLabel('Lesend', { exact: false }).first().press('Space');
    await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
    await expect(page.getByText('Einladung ist unterwegs')).toBeVisible();

    const link = (await mailbox.to(address)).match(/http:\/\/\S+\/einladung\/[\w-]{43}/)![0];
    const other = await browser.newContext();
    const invited = await other.newPage();
    await invited.goto(link);
    await invited.locator('[name=password]').fill('kurz');
    await invited.getByRole('main').getByRole('button').first().press('Enter');
    await expect(invited.getByText('braucht mindestens').first()).toBeVisible();
    await invited.locator('[name=password]').fill(password);
    await invited.getByRole('main').getByRole('button').first().press('Enter');
    const signIn = async () => {
      await invited.goto(empty.url + '/anmelden');
      await invited.locator('[name=name]').fill(who);
      await invited.locator('[name=password]').fill(password);
      await invited.getByRole('main').getByRole('button', { name: 'Anmelden' }).press('Enter');
    };
    await signIn();
    await expect(invited.getByRole('button', { name: 'Abmelden' })).toBeVisible();
    expect((await invited.goto(link))!.status()).toBe(404); // works once
    expect((await invited.goto(empty.url + '/konten'))!.status()).toBe(404); // and what one may not see is not there

    await invited.goto(empty.url + '/konto/zweiter-faktor');
    const key = (await invited.locator('main code').textContent())!.trim();
    await invited.locator('[name=code]').fill(totp(key));
    await invited.locator('[name=current]').fill(password);
    await invited.getByRole('main').getByRole('button', { name: 'Einschalten' }).press('Enter');
    const recovery = (await invited.locator('main li code').first().textContent())!;
    await invited.getByRole('button', { name: 'Abmelden' }).click();

    await signIn();
    await expect(invited.locator('[name=code]')).toBeVisible();
    await invited.locator('[name=code]').fill('000000');
    await invited.getByRole('main').getByRole('button', { name: 'Anmelden' }).press('Enter');
    await expect(invited.getByText('Dieser Code stimmt nicht').first()).toBeVisible();
    await invited.locator('[name=code]').fill(recovery);
    await invited.getByRole('main').getByRole('button', { name: 'Anmelden' }).press('Enter');
    await expect(invited.getByRole('button', { name: 'Abmelden' })).toBeVisible();
    await other.close();
  } finally {
    mailbox.close();
  }
});

test('a forgotten password tells nobody who has an account', async ({ page, empty }) => {
  const answers: string[] = [];
  for (const name of ['verwaltung', 'gibt-es-nicht']) {
    await page.goto(empty.url + '/passwort-vergessen');
    await page.locator('[name=name]').fill(name);
    await page.getByRole('main').getByRole('button').first().press('Enter');
    answers.push(await page.locator('main').innerText());
  }
  expect(answers[0]).toBe(answers[1]);
});

test('signed in by a real provider, with the role its claims give', async ({ page, empty, browser }, info) => {
  const port = await freePort();
  const provider = spawn(process.execPath, [path.join(root, 'tests/browser/support/oidc_provider.mjs'), String(port), empty.url + '/anmelden/anbieter/antwort'],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, NODE_NO_WARNINGS: '1' } });
  try {
    await new Promise<void>((resolve, reject) => {
      provider.once('exit', () => reject(new Error('the provider of the test does not start')));
      provider.stdout!.on('data', (bytes) => { if (String(bytes).includes('ready')) resolve(); });
    });
    await setUp(page, empty);
    await page.goto(empty.url + '/einstellungen/mail');
    await page.locator('[name=public_address]').fill(empty.url);
    await page.locator('[name=from]').fill('integration@kreis.example');
    await page.locator('[name=user]').fill('');
    await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
    await page.goto(empty.url + '/konten/anbieter');
    await page.locator('[name=issuer]').fill(`http://localhost:${port}`);
    await page.locator('[name=client_id]').fill('miteinander');
    await page.locator('[name=label]').fill('Kreiskonto');
    await page.locator('[name=role_claim]').fill('groups');
    await page.locator('[name=roles]').fill('lead = integration_officer');
    await page.getByRole('main').getByLabel('Ein Konto anlegen', { exact: false }).press('Space');
    await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
    await expect(page.getByText('Gespeichert')).toBeVisible();

    const other = await browser.newContext();
    const visitor = await other.newPage();
    await visitor.goto(empty.url + '/anmelden?weiter=/konto');
    await visitor.getByRole('link', { name: 'Anmelden mit Kreiskonto' }).click();
    await visitor.locator('[name=login]').fill(`leitung-${info.project.name}`);
    await visitor.locator('[name=password]').fill('gleichgültig');
    await visitor.locator('[type=submit]').click();
    await visitor.locator('[type=submit]').click(); // consent
    await expect(visitor).toHaveURL(empty.url + '/konto');
    await expect(visitor.getByRole('button', { name: 'Abmelden' })).toBeVisible();
    await expect(visitor.getByText('Integrationsbeauftragte').first()).toBeVisible();
    await other.close();
  } finally {
    provider.stdin!.end();
  }
});
