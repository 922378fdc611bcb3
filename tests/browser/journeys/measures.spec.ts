import type { Page } from '@playwright/test';
import { expect, signIn, test, tick } from '../support/test';
import type { Server } from '../support/server';

const as = async (page: Page, demo: Server, role: string) => {
  const account = demo.account(role);
  await page.context().clearCookies();
  await signIn(page, demo, account.name, account.password);
};

// A form that lies folded in a <details>.
const unfold = async (page: Page, summary: string) => {
  const details = page.locator('details').filter({ has: page.locator('summary', { hasText: summary }) }).first();
  await details.locator('summary').press('Enter');
  return details;
};

const takeStep = async (page: Page, move: string, more: Record<string, string> = {}) => {
  const form = page.locator('form[action$="/schritte"]');
  await tick(form.locator(`input[name=schritt][value=${move}]`));
  for (const [name, value] of Object.entries(more)) await form.locator(`[name=${name}]`).fill(value);
  await form.getByRole('button').first().press('Enter');
};

const propose = async (page: Page, demo: Server, title: string) => {
  await page.goto(demo.url + '/massnahmen/neu');
  await page.locator('[name=titel]').fill(title);
  await page.locator('[name=aussagen]').fill('2018:5.1-a');
  await page.locator('[name=verantwortlich]').selectOption('asyl');
  await page.getByRole('main').getByRole('button', { name: 'Vorschlagen' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
};

test('a refused gate lists its reasons, and they are mended one by one', async ({ page, demo }) => {
  await as(page, demo, 'integration_officer');
  await propose(page, demo, 'Erstberatung in fünf Sprachen');
  await takeStep(page, 'clarify');
  await takeStep(page, 'agree');
  const refused = page.locator('#fehler');
  for (const rule of ['R4', 'R5', 'R6']) await expect(refused).toContainText(rule);
  const means = await unfold(page, 'Mittel');
  await means.locator('[name=haushaltsstelle]').fill('3.1.5.30');
  await means.locator('[name=jahr]').fill('2020');
  await means.locator('[name=geplant]').fill('1.234,56');
  await means.getByRole('button').press('Enter');
  await expect(page.getByText('1.234,56 €').first()).toBeVisible();
  await takeStep(page, 'agree');
  await expect(refused).not.toContainText('R4');
  await expect(refused).toContainText('R5');
  await page.getByRole('main').getByRole('link', { name: 'Bearbeiten' }).press('Enter');
  await page.locator('[name=ende]').fill('31.12.2020');
  await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
  await takeStep(page, 'agree');
  await expect(refused).not.toContainText('R5');
  await expect(refused).toContainText('R6');
  await page.getByRole('main').getByRole('link', { name: 'Bearbeiten' }).press('Enter');
  await page.locator('[name=kriterium_art]').selectOption('yes_or_no');
  await page.locator('[name=kriterium]').fill('Gibt es die Beratung in fünf Sprachen?');
  await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
  await takeStep(page, 'agree');
  await expect(page.locator('#fehler')).toHaveCount(0);
  await expect(page.getByText('vereinbart').first()).toBeVisible();
});

// A measure of a unit that is agreed, with everything a binding measure needs.
const agreed = async (page: Page, demo: Server, title: string) => {
  await page.goto(demo.url + '/massnahmen/neu');
  await page.locator('[name=titel]').fill(title);
  await page.locator('[name=aussagen]').fill('2018:5.1-a');
  await page.locator('[name=verantwortlich]').selectOption('asyl');
  await page.locator('[name=beginn]').fill('01.01.2020');
  await page.locator('[name=ende]').fill('31.12.2020');
  await page.locator('[name=kriterium_art]').selectOption('yes_or_no');
  await page.locator('[name=kriterium]').fill('Gibt es die Beratung?');
  await page.locator('[name=nachweisart]').selectOption('advice.answered');
  await page.getByRole('main').getByRole('button', { name: 'Vorschlagen' }).press('Enter');
  const address = page.url();
  const means = await unfold(page, 'Mittel');
  await means.locator('[name=haushaltsstelle]').fill('3.1.5.30');
  await means.locator('[name=jahr]').fill('2020');
  await means.locator('[name=geplant]').fill('12500');
  await means.getByRole('button').press('Enter');
  for (const move of ['clarify', 'agree']) await takeStep(page, move);
  return address;
};

test('from a statement of the concept to a verified measure', async ({ page, demo }) => {
  await as(page, demo, 'integration_officer');
  const address = await agreed(page, demo, 'Beratung im Quartier');
  await takeStep(page, 'start');
  await expect(page.getByText('überprüfbar').first()).toBeVisible();

  await as(page, demo, 'unit_editor');
  await page.goto(address);
  const deliver = await unfold(page, 'Nachweis');
  await deliver.locator('[name=titel]').fill('Beratung eröffnet');
  await deliver.locator('[name=tag]').fill('01.09.2020');
  await deliver.getByRole('button').press('Enter');
  await expect(page.getByText('noch anzuerkennen').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Anerkennen' })).toHaveCount(0);
  await takeStep(page, 'submit');

  await as(page, demo, 'integration_officer');
  await page.goto(address);
  await page.getByRole('button', { name: 'Anerkennen' }).press('Enter');
  await expect(page.getByText('nachgewiesen').first()).toBeVisible();
  await takeStep(page, 'fulfil');
  await expect(page.locator('#fehler')).toHaveCount(0);
  await expect(page.getByText('erfüllt').first()).toBeVisible();
});

test('the whole life of a target', async ({ page, demo }) => {
  await as(page, demo, 'integration_officer');
  await page.goto(demo.url + '/zielvorgaben/neu');
  for (const [name, value] of Object.entries({ titel: 'Plätze im Sprachcafé', text: 'Wenigstens zwölf Plätze.', wert: '12', einheit: 'Plätze', gezaehlt_ab: '01.01.2020', frist: '15.09.2020' }))
    await page.locator(`[name=${name}]`).fill(value);
  await page.getByRole('main').getByRole('button', { name: 'Speichern' }).press('Enter');
  const ask = async (party: string) => {
    const form = await unfold(page, 'Um Stellungnahme bitten');
    await tick(form.locator(`input[value=${party}]`));
    await form.locator('[name=angefragt_am]').fill('01.02.2020');
    await form.locator('[name=antwort_bis]').fill('01.03.2020');
    await form.locator('[name=nachweis]').fill('Schreiben 7/2020');
    await form.getByRole('button').press('Enter');
  };
  await ask('district_council');
  await (await unfold(page, 'beschlussreif')).getByRole('button').press('Enter');
  await expect(page.locator('#fehler')).toContainText('Die Verwaltung wurde nicht um Stellungnahme gebeten.');
  await ask('administration');
  const opinion = await unfold(page, 'Stellungnahme festhalten');
  await opinion.locator('[name=eingegangen_am]').fill('20.02.2020');
  await opinion.locator('[name=text]').fill('Einverstanden.');
  await opinion.getByRole('button').last().press('Enter');
  await (await unfold(page, 'beschlussreif')).getByRole('button').press('Enter');
  const decide = await unfold(page, 'Entscheidung des Beirats');
  await tick(decide.locator('input[value=beschlossen]'));
  for (const [name, value] of Object.entries({ tag: '02.04.2020', sitzung: '12. Sitzung', beschluss: 'IB 4/2020', ja: '9', nein: '1' }))
    await decide.locator(`[name=${name}]`).fill(value);
  await decide.getByRole('button').press('Enter');
  const force = await unfold(page, 'In Kraft setzen');
  await force.locator('[name=tag]').fill('03.04.2020');
  await force.getByRole('button').press('Enter');
  const outcome = await unfold(page, 'Ergebnis berechnen');
  await outcome.locator('[name=wert]').fill('11');
  await outcome.getByRole('button').press('Enter');
  await expect(page.getByText('Gemessener Wert')).toBeVisible();
  const override = await unfold(page, 'Ergebnis übersteuern');
  await tick(override.locator('input[value=partly]'));
  await override.locator('[name=grund]').fill('Ein Platz fiel nach einem Wasserschaden weg.');
  await override.getByRole('button').press('Enter');
  await (await unfold(page, 'Veröffentlichen')).getByRole('button').press('Enter');
  const address = page.url();
  await page.context().clearCookies();
  await page.goto(address);
  await expect(page.getByText('Ein Platz fiel nach einem Wasserschaden weg.').first()).toBeVisible();
});

test('everybody is asked with one click, and answers by a link without an account', async ({ page, demo }) => {
  await as(page, demo, 'integration_officer');
  await agreed(page, demo, 'Beratung auf dem Dorf');
  await page.goto(demo.url + '/massnahmen/abfragen');
  await page.getByRole('button', { name: 'Jetzt alle fragen' }).press('Enter');
  await expect(page.getByText('Wer geantwortet hat')).toBeVisible();
  await page.getByRole('button', { name: 'Link anzeigen' }).first().press('Enter');
  const link = await page.locator('code', { hasText: '/rueckmeldung/' }).textContent();
  await page.context().clearCookies();
  await page.goto(demo.url + link!.slice(link!.indexOf('/rueckmeldung/')));
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Wie steht es um Ihre Maßnahmen?');
  for (const field of await page.locator('textarea').all()) await field.fill('Läuft wie geplant.');
  await page.getByRole('button', { name: 'Antwort senden' }).press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Danke');
});
