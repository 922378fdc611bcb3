import { expect, setUp, test } from '../support/test';
import { Server } from '../support/server';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

// The main job from an empty installation: a concept comes in as a document and ends as a judged duty.
const concept = `Teilhabekonzept Talheim 2019

1. Vorbemerkung

Der Gemeinderat bekennt sich zu einem offenen Miteinander im Ort.

2. Sprache und Bildung

2.1 Kurse

Das Sozialamt sichert jährlich mindestens acht Plätze in Lesekursen für Er-
wachsene. Die Bücherei öffnet dafür ihre Räume.

2.2 Berichte

Bis Mitte 2020 wird durch das Sozialamt eine Liste der freien Räume vorgelegt.
`;
const corrected = concept.replace('mindestens acht Plätze', 'mindestens zehn Plätze').replace('2.2 Berichte', '2.2 Räume');

test('from a concept to a judged duty and back', async ({ page }) => {
  test.setTimeout(240_000);
  const server = await Server.start({ examples: false, today: '2020-09-30' });
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'miteinander-konzept-'));
  const file = (name: string, text: string) => { const at = path.join(folder, name); fs.writeFileSync(at, text); return at; };
  const main = page.getByRole('main');
  // By the keyboard: whoever cannot use a mouse gets through, too.
  const press = (name: string) => main.getByRole('button', { name }).press('Enter');
  try {
    await setUp(page, server);

    // what cannot be read is said, and nothing of it remains
    await page.goto(server.url + '/konzept/import');
    await page.getByLabel('Datei').setInputFiles(file('leer.txt', ''));
    await press('Text einlesen');
    await expect(page.getByRole('alert')).toContainText('leere Datei');

    // the concept comes in, before its office is known
    await page.getByLabel('Datei').setInputFiles(file('konzept.txt', concept));
    await press('Text einlesen');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Teilhabekonzept Talheim 2019');
    await expect(page.getByRole('heading', { name: '2.1 Kurse' })).toBeVisible();
    await expect(page.getByText('mindestens 8 Plätze')).toBeVisible();
    const draft = page.url();

    // the office is entered and joined by its name
    await page.goto(server.url + '/stellen/neu');
    await page.getByLabel('Kurzname für Adressen').fill('sozialamt');
    await page.locator('[name=name_de]').fill('Sozialamt');
    await press('Speichern');
    await page.goto(draft);
    await press('Erneut zuordnen');
    await expect(page.getByText(/Stellen oder Gremien zugeordnet.*: 2/)).toBeVisible();

    // a person mends the tree and the statements
    await page.getByRole('link', { name: '2.1 Kurse' }).press('Enter');
    await page.locator('[name=heading]').fill('Lesekurse');
    await press('Speichern');
    await page.getByLabel('Wortlaut der Aussage').fill('Die Bücherei öffnet dafür ihre Räume.');
    await press('Aussage aufnehmen');
    await page.goto(draft);
    await expect(page.getByRole('heading', { name: '2.1 Lesekurse' })).toBeVisible();
    await page.getByRole('link', { name: 'Aussage bearbeiten 2.1-b' }).press('Enter');
    await page.getByLabel('Verbindlichkeit').selectOption('declaration');
    await press('Bestätigen');
    await press('2.1-a bestätigen');
    await expect(page.getByText('Die Aussage ist bestätigt.')).toBeVisible();

    // a corrected text keeps what was confirmed
    await page.getByRole('link', { name: 'Berichtigten Text einlesen' }).press('Enter');
    await page.getByLabel('Datei').setInputFiles(file('berichtigt.txt', corrected));
    await page.getByLabel('Einlesen in').selectOption({ label: 'Teilhabekonzept Talheim 2019' });
    await press('Text einlesen');
    await expect(page.getByRole('heading', { name: '2.2 Räume' })).toBeVisible();
    await expect(page.locator('blockquote').getByText('mindestens zehn Plätze')).toBeVisible();
    await expect(page.getByText('Der Wortlaut der Aussage 2.1-a hat sich geändert')).toBeVisible();
    await press('Alle Aussagen bestätigen');

    // adopted, and no longer changed
    await page.getByLabel('Gilt ab').fill('01.01.2019');
    await page.getByLabel('Gilt bis einschließlich').fill('31.12.2022');
    await page.getByLabel('Gleich veröffentlichen').press('Space');
    await press('Konzept beschließen');
    await expect(page.getByText('Das Konzept ist beschlossen.')).toBeVisible();

    // a duty from a statement
    await page.getByRole('link', { name: '2.2 Räume' }).last().press('Enter');
    await page.getByRole('link', { name: 'Pflicht zusammenstellen aus 2.2-a' }).press('Enter');
    await expect(page.getByLabel('Tag (einmalig)')).toHaveValue('30.06.2020');
    await page.getByLabel('Nachweise', { exact: true }).selectOption('council.report_delivered');
    await press('Vorschau');
    await expect(page.getByText('Einmal bis 30.06.2020').first()).toBeVisible();
    await press('Speichern');
    await expect(page.getByText('Die Pflicht ist gespeichert.')).toBeVisible();
    const duty = page.url();
    await expect(main.getByText('nicht erfüllt', { exact: true }).first()).toBeVisible();

    // evidence changes its state, withdrawn it returns
    await page.getByRole('link', { name: 'Nachweis erfassen' }).first().press('Enter');
    await main.getByLabel('Tag des Geschehens').fill('12.06.2020');
    await press('Erfassen');
    await page.goto(duty);
    await expect(main.getByText('erfüllt', { exact: true }).first()).toBeVisible();
    await page.locator('a[href^="/nachweise/"]').last().press('Enter');
    await page.locator('summary', { hasText: 'Zurückziehen' }).press('Enter');
    await main.getByLabel('Grund').fill('Der Bericht war ein anderer.');
    await press('Zurückziehen');
    await page.goto(duty);
    await expect(main.getByText('nicht erfüllt', { exact: true }).first()).toBeVisible();
  } finally {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  }
});
