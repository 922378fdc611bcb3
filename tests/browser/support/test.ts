import fs from 'node:fs';
import path from 'node:path';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { root, Server } from './server';

// Worker-wide servers: `demo` with the example district on 30.09.2020, `empty` as after the first start on the real day.
// MITEINANDER_URL tests a server that runs already instead.
export const test = base.extend<{ page: Page }, { demo: Server; empty: Server }>({
  demo: [async ({}, use) => {
    const server = await Server.start({ examples: hasExamples() });
    await use(server);
    await server.stop();
  }, { scope: 'worker', timeout: 240_000 }],
  empty: [async ({}, use) => {
    const server = await Server.start({ examples: false, today: '' });
    await use(server);
    await server.stop();
  }, { scope: 'worker', timeout: 240_000 }],
  // Nothing on any page may be blocked by the Content-Security-Policy or fail in a script.
  page: async ({ page }, use) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' && !/Failed to load resource/.test(message.text())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await use(page);
    expect(complaints, 'what the browser complained about').toEqual([]);
  },
});

export { expect };
export const hasExamples = () => ['data/nordhausen-2018', 'data/nordhausen-2018-sample'].every((folder) => fs.existsSync(path.join(root, folder)));

// Ticks a box or chooses a radio by its key: Playwright's check() waits for a stillness that a busy machine without JavaScript does not give.
export async function tick(box: Locator): Promise<void> {
  await box.press('Space');
  await expect(box).toBeChecked();
}

export async function signIn(page: Page, server: Server, name: string, password: string): Promise<void> {
  await page.goto(server.url + '/anmelden');
  await page.getByLabel('Anmeldename').fill(name);
  await page.getByLabel('Passwort', { exact: true }).fill(password);
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click();
  await expect(page.getByRole('button', { name: 'Abmelden' })).toBeVisible();
}

// The first account of a fresh installation, by the one-time link of the terminal.
export const administrator = { name: 'verwaltung', password: 'sieben bunte stühle am see' };
export async function setUp(page: Page, server: Server): Promise<void> {
  const answer = await page.goto(server.url + server.setupPath);
  if (answer!.status() === 200) {
    await page.getByLabel('Anmeldename').fill(administrator.name);
    await page.locator('[name=display_name]').fill('Büro der Verwaltung');
    await page.locator('[name=password]').fill(administrator.password);
    await page.getByRole('main').getByRole('button').first().click();
  }
  await signIn(page, server, administrator.name, administrator.password);
}
