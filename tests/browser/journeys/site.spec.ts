import { expect, setUp, signIn, administrator, test } from '../support/test';

test('the language is switched and remembered', async ({ page, demo }) => {
  await page.goto(demo.url + '/impressum');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  expect(new URL(page.url()).search).toBe('');
  await page.goto(demo.url + '/datenschutz');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Data protection');
  await page.getByRole('link', { name: 'Deutsch' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Datenschutz');
});

test('the day of the demonstration is shown and switched for one visitor', async ({ page, browser, demo }) => {
  await page.goto(demo.url + '/impressum');
  await expect(page.getByText('Vorführung: Heute ist der 30.09.2020')).toBeVisible();
  await page.getByLabel('Anderer Tag (TT.MM.JJJJ)').fill('1.7.2019');
  await page.getByRole('button', { name: 'Wechseln' }).click();
  await expect(page.getByText('Vorführung: Heute ist der 01.07.2019')).toBeVisible();
  await expect(page).toHaveURL(/\/impressum$/);
  await page.getByLabel('Anderer Tag (TT.MM.JJJJ)').fill('31.6.2019');
  await page.getByRole('button', { name: 'Wechseln' }).click();
  await expect(page.getByText('Bitte geben Sie den Tag als TT.MM.JJJJ an')).toBeVisible();
  await expect(page.getByText('Vorführung: Heute ist der 01.07.2019')).toBeVisible();
  const other = await browser.newPage();
  await other.goto(demo.url + '/impressum');
  await expect(other.getByText('Vorführung: Heute ist der 30.09.2020')).toBeVisible();
  await other.close();
});

test('the first account is made once, signs in and out', async ({ page, empty }) => {
  await setUp(page, empty);
  await page.getByRole('button', { name: 'Abmelden' }).click();
  await expect(page.getByRole('link', { name: 'Anmelden' }).first()).toBeVisible();
  // the link of the terminal works once
  expect((await page.goto(empty.url + empty.setupPath))!.status()).toBe(404);
  // a wrong password comes back with the name still there
  await page.goto(empty.url + '/anmelden');
  await page.getByLabel('Anmeldename').fill(administrator.name);
  await page.getByLabel('Passwort', { exact: true }).fill('nicht das richtige');
  await page.getByRole('main').getByRole('button', { name: 'Anmelden' }).click();
  await expect(page.getByRole('alert')).toContainText('stimmen nicht');
  await expect(page.getByLabel('Anmeldename')).toHaveValue(administrator.name);
  await expect(page.getByLabel('Passwort', { exact: true })).toHaveValue('');
  await signIn(page, empty, administrator.name, administrator.password);
});
