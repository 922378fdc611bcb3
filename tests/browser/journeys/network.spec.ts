import { expect, signIn, test } from '../support/test';
import type { Page } from '@playwright/test';
import type { Server } from '../support/server';

const steer = async (page: Page, demo: Server) => {
  const officer = demo.account('integration_officer');
  await signIn(page, demo, officer.name, officer.password);
};
// The timeline of a duty says its periods in words: "2020: erfüllt".
const stateOf = async (page: Page, duty: string, period: string) => (await (await page.goto(duty))!.text()).match(new RegExp(`${period}: ([^,<]*)`))?.[1];

test('a seat in the network goes empty and is filled, and the duty of 4.1-h follows', async ({ page, demo }) => {
  await steer(page, demo);
  const duty = demo.url + '/pflichten/4.1-h-seats';
  expect(await stateOf(page, duty, '2020')).toBe('erfüllt');
  await page.goto(demo.url + '/netzwerke');
  await page.getByRole('link', { name: /NIMM/ }).press('Enter');
  const seat = page.getByRole('row').filter({ hasText: 'Fachbereich Jugend' }).first();
  await seat.getByText('Beenden oder zurücknehmen').press('Enter');
  await seat.locator('input[name=until]').fill('31.07.2020');
  await seat.getByRole('button', { name: 'Ende eintragen' }).press('Enter');
  await expect(page.getByText('Das Ende ist eingetragen.')).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'Fachbereich Jugend' }).first()).toContainText('unbesetzt');
  expect(await stateOf(page, duty, '2020')).toBe('nicht erfüllt');

  await page.goto(demo.url + '/netzwerke/nimm');
  await page.locator('select[name=seat]').selectOption('jugend');
  await page.locator('select[name=organisation]').selectOption('jugend');
  await page.locator('input[name=from]').fill('31.07.2020');
  await page.getByRole('button', { name: 'Platz besetzen' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('schon besetzt');
  await page.locator('input[name=from]').fill('01.08.2020');
  await page.getByRole('button', { name: 'Platz besetzen' }).press('Enter');
  await expect(page.getByText('Der Platz ist besetzt.')).toBeVisible();
  expect(await stateOf(page, duty, '2020')).toBe('erfüllt');
});

test("the holder's term ends and the duties of the office are at risk", async ({ page, demo }) => {
  await steer(page, demo);
  await page.goto(demo.url + '/stellen/landrat');
  await page.getByText('Ändern oder zurücknehmen').press('Enter');
  await page.locator('details input[name=until]').first().fill('30.11.2020');
  await page.getByRole('button', { name: 'Besetzung speichern' }).press('Enter');
  await expect(page.getByText(/endet in weniger als 90 Tagen|endet innerhalb von 90 Tagen/)).toBeVisible();
});

test('a handover shows what is open and keeps it', async ({ page, demo }) => {
  await steer(page, demo);
  await page.goto(demo.url + '/stellen/coordinator');
  await page.getByRole('link', { name: 'Übergeben' }).press('Enter');
  await expect(page.getByRole('table', { name: 'Was heute offen ist' })).toContainText('Pflicht');
  await page.getByLabel('Letzter Tag der bisherigen Besetzung').fill('30.09.2020');
  await page.getByLabel('Erster Tag der Nachfolge').fill('30.09.2020');
  await page.getByRole('button', { name: 'Übergeben' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('Die Nachfolge beginnt nach');
  await page.getByLabel('Erster Tag der Nachfolge').fill('01.10.2020');
  await page.getByRole('button', { name: 'Übergeben' }).press('Enter');
  await expect(page.getByText('Die Stelle ist übergeben')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Übergaben' })).toBeVisible();
});

test('an organisation is added, renamed and found by its former name', async ({ page, demo }) => {
  await steer(page, demo);
  await page.goto(demo.url + '/organisationen/neu');
  await page.getByLabel('Name (Deutsch)').fill('Verein Regenbogen');
  await page.getByLabel('Art', { exact: true }).selectOption('association');
  await page.getByLabel('Amtlicher Gemeindeschlüssel').fill('16062');
  await page.getByRole('button', { name: 'Speichern' }).press('Enter');
  await expect(page.getByRole('alert')).toContainText('Nur eine Kommune');
  await page.getByLabel('Amtlicher Gemeindeschlüssel').fill('');
  await page.getByRole('button', { name: 'Speichern' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Verein Regenbogen');
  await page.getByRole('link', { name: 'Neuer Name oder neue Zuordnung' }).press('Enter');
  await page.getByLabel('Erster Tag des neuen Namens').fill('01.09.2020');
  await page.getByLabel('Name (Deutsch)').fill('Haus der Kulturen');
  await page.getByRole('button', { name: 'Neuen Namen eintragen' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Haus der Kulturen');
  await page.goto(demo.url + '/organisationen?suche=Regenbogen');
  await expect(page.getByRole('link', { name: 'Haus der Kulturen' })).toBeVisible();
});
