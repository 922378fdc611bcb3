import { Mailbox } from '../support/mailbox';
import { Server } from '../support/server';
import { expect, signIn, test } from '../support/test';
import type { Page } from '@playwright/test';

// Buttons are pressed by the keyboard: it needs no scrolling, which never comes to rest without scripts on a busy machine.

const as = async (page: Page, server: Server, role: string) => {
  const account = server.account(role);
  await page.context().clearCookies();
  await signIn(page, server, account.name, account.password);
};
const press = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name }).press('Enter');
const sendMailTo = async (page: Page, server: Server, mailbox: Mailbox) => {
  await as(page, server, 'administrator');
  await page.goto(server.url + '/einstellungen/mail');
  await page.locator('[name=public_address]').fill(server.url);
  await page.locator('[name=from]').fill('integration@kreis.example');
  await page.locator('[name=host]').fill('localhost');
  await page.locator('[name=port]').fill(String(mailbox.port));
  await page.getByLabel('ungeschützt', { exact: false }).press('Space');
  await press(page, 'Speichern');
  await expect(page.getByText('Gespeichert')).toBeVisible();
};
const linkIn = (mail: string, path: string) => mail.match(new RegExp(`http://\\S+/${path}/[\\w-]{43}`))![0];

test('a mailing list is joined by a link, gets a message, and is left by one click', async ({ page }) => {
  test.setTimeout(300_000);
  const mailbox = await Mailbox.open(), server = await Server.start({ examples: true });
  try {
    await sendMailTo(page, server, mailbox);
    await page.context().clearCookies();
    await page.goto(server.url + '/verteiler');
    await page.getByRole('link', { name: 'Förderprogramme' }).press('Enter');
    await page.getByLabel('E-Mail-Adresse').fill('neugierig@verein.example');
    await press(page, 'Link zuschicken');
    await expect(page.getByRole('alert')).toContainText('willigen');
    await page.getByRole('checkbox').press('Space');
    await press(page, 'Link zuschicken');
    await expect(page.getByText('Wir haben eine E-Mail an die angegebene Adresse geschickt')).toBeVisible();
    await page.goto(linkIn(await mailbox.to('neugierig@verein.example'), 'abonnement'));
    await press(page, 'Ja, ich willige ein');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Danke');

    await as(page, server, 'integration_officer');
    await page.goto(server.url + '/verteiler/foerderung');
    await page.getByRole('link', { name: 'Nachricht schreiben' }).press('Enter');
    await page.locator('[name=subject_de]').fill('Neues Programm');
    await page.locator('[name=text_de]').fill('Es gibt Geld bis zum 30. November.');
    await press(page, 'Speichern und ansehen');
    await press(page, 'Jetzt an 1 Empfänger senden');
    await expect(page.getByText('Die Nachricht geht an 1 Empfänger.')).toBeVisible();
    const mail = await mailbox.to('neugierig@verein.example', 'Es gibt Geld');
    expect(mail).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const out = linkIn(mail, 'abbestellen');
    expect(mail.replace(/\r\n\s+/g, ' ')).toContain(`List-Unsubscribe: <${out}>`);

    // What a mail program does when its own button is pressed: no cookie, no form of ours.
    const pressed = await fetch(out, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
    expect(pressed.status).toBe(200);
    expect((await fetch(server.url + '/verteiler', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' })).status).toBe(403);
    await page.goto(server.url + '/verteiler/foerderung/empfaenger');
    await expect(page.getByRole('row').filter({ hasText: 'neugierig@verein.example' })).toContainText('abgemeldet');
  } finally {
    await server.stop();
    mailbox.close();
  }
});

test('a contact confirms by the link of a mail', async ({ page }) => {
  test.setTimeout(300_000);
  const mailbox = await Mailbox.open(), server = await Server.start({ examples: true });
  try {
    await sendMailTo(page, server, mailbox);
    await page.goto(server.url + '/organisationen?suche=Br%C3%BCcke');
    await page.getByRole('link', { name: /Verein Brücke/ }).press('Enter');
    const organisation = page.url();
    await server.serve('2021-09-15');  // two weeks before a year has passed
    await page.context().clearCookies();
    await page.goto(linkIn(await mailbox.to('buero@verein-bruecke.example', '/bestaetigung/'), 'bestaetigung'));
    await press(page, 'Ja, stimmt noch');
    await expect(page.getByText('bestätigt')).toBeVisible();
    await page.goBack();
    await page.reload();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Dieser Link öffnet nichts');
    await as(page, server, 'integration_officer');
    await page.goto(organisation);
    await expect(page.getByText(/bestätigt am 15\.09\.2021 von Verein Brücke/)).toBeVisible();
  } finally {
    await server.stop();
    mailbox.close();
  }
});
