import type { CDPSession, Page } from '@playwright/test';
import { administrator, expect, setUp, test } from '../support/test';

// Chromium's own authenticator, without a device: it keeps keys and recognises whoever sits there.
async function authenticator(page: Page): Promise<{ session: CDPSession; id: string }> {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: { protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true, isUserVerified: true, automaticPresenceSimulation: true },
  });
  return { session, id: authenticatorId };
}

async function addPasskey(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url + '/konto/passkeys/neu');
  await page.locator('[name=name]').fill(name);
  await page.locator('[name=current]').fill(administrator.password);
  await page.getByRole('button', { name: 'Weiter' }).press('Enter');
  await page.getByRole('button', { name: 'Passkey anlegen' }).press('Enter');
}

test('a passkey is made, opens the account without a password, and is removed @script', async ({ page, empty }) => {
  const device = await authenticator(page);
  await setUp(page, empty);
  await addPasskey(page, empty.url, 'Dienstlaptop');
  await expect(page.getByText('Der Passkey ist gespeichert')).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'Dienstlaptop' })).toBeVisible();

  // The device refuses a second one for the same account, and the page says so.
  await addPasskey(page, empty.url, 'Noch einer');
  await expect(page.getByText('Es wurde kein Passkey angelegt')).toBeVisible();

  await page.getByRole('button', { name: 'Abmelden' }).press('Enter');
  await page.goto(empty.url + '/anmelden?weiter=/konto');
  await page.getByRole('button', { name: 'Passkey verwenden' }).press('Enter');
  await expect(page).toHaveURL(empty.url + '/konto');
  await expect(page.getByText('mit Passkey')).toBeVisible();

  // Somebody who is not recognised gets nowhere.
  await page.getByRole('button', { name: 'Abmelden' }).press('Enter');
  await device.session.send('WebAuthn.setUserVerified', { authenticatorId: device.id, isUserVerified: false });
  await page.goto(empty.url + '/anmelden');
  await page.getByRole('button', { name: 'Passkey verwenden' }).press('Enter');
  await expect(page.getByText('Ihr Gerät hat keinen Passkey angeboten')).toBeVisible();
  await device.session.send('WebAuthn.setUserVerified', { authenticatorId: device.id, isUserVerified: true });

  await page.goto(empty.url + '/anmelden?weiter=/konto');
  await page.getByRole('button', { name: 'Passkey verwenden' }).press('Enter');
  await page.getByRole('button', { name: 'Dienstlaptop entfernen' }).press('Enter');
  await expect(page.getByText('Der Passkey ist hier entfernt')).toBeVisible();
  await page.getByRole('button', { name: 'Abmelden' }).press('Enter');
  await page.goto(empty.url + '/anmelden');
  await page.getByRole('button', { name: 'Passkey verwenden' }).press('Enter');
  await expect(page.getByText('Dieser Passkey öffnet hier kein Konto')).toBeVisible();
});

test('without a script the page says what to do instead', async ({ page, empty, javaScriptEnabled }) => {
  test.skip(javaScriptEnabled, 'with a script there is nothing to say');
  await setUp(page, empty);
  await page.goto(empty.url + '/konto/passkeys/neu');
  await expect(page.getByText('Ein Passkey lässt sich nur mit JavaScript anlegen')).toBeVisible();
});
