import type { Page } from '@playwright/test';
import { expect, signIn, test, tick } from '../support/test';
import type { Server } from '../support/server';

const asOfficer = async (page: Page, demo: Server) => {
  const account = demo.account('integration_officer');
  await page.context().clearCookies();
  await signIn(page, demo, account.name, account.password);
};
const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first().press('Enter');
const unfold = async (page: Page, summary: string) => {
  const details = page.locator('details').filter({ has: page.locator('summary', { hasText: summary }) }).first();
  await details.locator('summary').press('Enter');
  return details;
};
const list = (text: string) => ({ name: 'massnahmen-2020.csv', mimeType: 'text/csv', buffer: Buffer.from(text, 'utf8') });

test('an Excel list is read in: every mistake with its cell, the mapping remembered', async ({ page, demo }, info) => {
  const title = `Schwimmkurs ${info.project.name}`;
  await asOfficer(page, demo);
  await page.goto(demo.url + '/massnahmen/einlesen');
  await page.locator('[name=datei]').setInputFiles(list(
    `Bezeichnung;Ende;Kosten;Haushaltsstelle;Stelle\n${title};31.12.2020;1.234,56;3.1;Fachgebiet Träume\nTreff ${info.project.name};30.02.2020;abc;3.1;\n`));
  await press(page, 'Datei lesen');
  for (const cell of ['B3', 'C3', 'E2']) await expect(page.getByRole('rowheader', { name: cell })).toBeVisible();
  // The costs are remarks, the office is nobody here.
  const columns = page.locator('select[name^=spalte-]');
  await columns.nth(2).selectOption('notiz');
  await columns.nth(4).selectOption('');
  await press(page, 'Vorschau erneuern');
  await expect(page.getByRole('rowheader', { name: 'B3' })).toBeVisible();
  await expect(page.getByRole('rowheader', { name: 'C3' })).toHaveCount(0);
  await press(page, 'Datei verwerfen');
  await page.locator('[name=datei]').setInputFiles(list(
    `Bezeichnung;Ende;Kosten;Haushaltsstelle;Stelle\n${title};31.12.2020;etwa 500 Euro;3.1;\nTreff ${info.project.name};29.02.2020;;;\n`));
  await press(page, 'Datei lesen');
  await expect(page.locator('select[name=spalte-2]')).toHaveValue('notiz');
  await press(page, 'Liste übernehmen');
  await expect(page.getByText('2 Maßnahmen sind eingelesen').first()).toBeVisible();
  await page.goto(demo.url + '/massnahmen?suche=' + encodeURIComponent(title));
  await expect(page.getByRole('rowheader', { name: title })).toBeVisible();
});

test('several measures are changed at once, and what is refused says why', async ({ page, demo }) => {
  await asOfficer(page, demo);
  await page.goto(demo.url + '/massnahmen?zustand=in_clarification');
  const ticks = page.locator('input[name=auswahl]');
  await expect(ticks.nth(1)).toBeVisible();
  for (const box of await ticks.all()) await tick(box);
  await press(page, 'Ausgewählte ändern');
  await page.locator('[name=neu_berichtsabstand]').fill('77');
  await page.locator('select[name=schritt]').selectOption('agree');
  await press(page, 'Vorschau zeigen');
  await expect(page.getByText('R4').first()).toBeVisible();
  await expect(page.getByText('abgelehnt').first()).toBeVisible();
  // Without the step nothing is refused.
  await page.locator('select[name=schritt]').selectOption('');
  await press(page, 'Vorschau zeigen');
  await expect(page.locator('ins', { hasText: '77' }).first()).toBeVisible();
  await press(page, /Änderung übernehmen/);
  await expect(page.getByText(/Geändert: \d+, ausgelassen: 0/)).toBeVisible();
});

test('a filter is kept, opens list and board, and its link works for others', async ({ page, demo }) => {
  await asOfficer(page, demo);
  await page.goto(demo.url + '/massnahmen');
  await page.locator('[name=zustand]').selectOption('suspended');
  await press(page, 'Anzeigen');
  const keep = await unfold(page, 'Filter speichern und weitergeben');
  await keep.locator('[name=name]').fill('Was ausgesetzt ist');
  await tick(keep.locator('[name=standard]'));
  await keep.getByRole('button', { name: 'Filter speichern' }).press('Enter');
  for (const view of ['', '/tafel', '/zeitplan']) {
    await page.goto(demo.url + '/massnahmen' + view);
    await expect(page).toHaveURL(/zustand=suspended/);
  }
  const manage = await unfold(page, 'Filter speichern und weitergeben');
  const link = await manage.getByRole('link', { name: 'Link zum Weitergeben' }).getAttribute('href');
  await manage.getByRole('button', { name: /Filter „Was ausgesetzt ist“ löschen/ }).press('Enter');
  await page.goto(demo.url + '/massnahmen');
  await expect(page).not.toHaveURL(/zustand/);
  await page.context().clearCookies();
  await page.goto(demo.url + link!);
  await expect(page.getByRole('cell', { name: 'ausgesetzt' }).first()).toBeVisible();
});

test('a template is filled, and the picture leads from the clause to the measure', async ({ page, demo }) => {
  await asOfficer(page, demo);
  await page.goto(demo.url + '/massnahmen/vorlagen');
  await page.getByRole('link', { name: 'Verwenden Jahresveranstaltung' }).press('Enter');
  for (const [name, value] of Object.entries({ platz_anlass: 'Fest der Vielfalt', platz_ort: 'Ellrich', platz_jahr: '2020' }))
    await page.locator(`[name=${name}]`).fill(value);
  await press(page, 'Formular ausfüllen');
  await expect(page.locator('[name=titel]')).toHaveValue('Fest der Vielfalt in Ellrich 2020');
  await page.locator('[name=verantwortlich]').selectOption('asyl');
  await press(page, 'Vorschlagen');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Fest der Vielfalt in Ellrich 2020');
  await page.goto(demo.url + '/massnahmen/netz?ziffer=5.4.5');
  await expect(page.locator('.app-net').getByRole('link', { name: /Fest der Vielfalt in Ellrich/ }).first()).toBeVisible();
  await expect(page.getByRole('table').getByRole('link', { name: /Fest der Vielfalt in Ellrich/ }).first()).toBeVisible();
});
