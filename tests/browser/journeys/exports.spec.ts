import fs from 'node:fs';
import zlib from 'node:zlib';
import type { Download, Page } from '@playwright/test';
import { expect, hasExamples, signIn, test as base } from '../support/test';
import { expectAccessible, expectNarrow } from '../support/look';
import { Server } from '../support/server';

// A server of its own: more measures than the program writes while one waits would be in everybody else's way.
const test = base.extend<object, { large: Server }>({
  large: [async ({}, use) => {
    const server = await Server.start({ examples: hasExamples() });
    await use(server);
    await server.stop();
  }, { scope: 'worker', timeout: 240_000 }],
});

const many = 2100;
const asOfficer = (page: Page, server: Server) => {
  const account = server.account('integration_officer');
  return signIn(page, server, account.name, account.password);
};
const press = (page: Page, name: string | RegExp) => page.getByRole('main').getByRole('button', { name }).first().press('Enter');
const search = async (page: Page, server: Server, words: string) => {
  await page.goto(server.url + '/massnahmen');
  await page.locator('[name=suche]').fill(words);
  await press(page, 'Anzeigen');
  await expect(page).toHaveURL(/suche=/);
};
const orderExcel = (page: Page) => page.getByRole('main').getByRole('link', { name: 'Als Excel herunterladen' }).press('Enter');

// The first column of the sheet, without its heading: an XLSX file is a ZIP, whose directory stands at the end.
async function rowsOf(download: Download): Promise<string[]> {
  const file = fs.readFileSync(await download.path());
  const texts: Record<string, string> = {};
  for (let at = file.readUInt32LE(file.lastIndexOf('PK\x05\x06', undefined, 'latin1') + 16); file.readUInt32LE(at) === 0x02014b50;) {
    const [packed, name, extra, comment, local] = [file.readUInt32LE(at + 20), file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32), file.readUInt32LE(at + 42)];
    const from = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const bytes = file.subarray(from, from + packed);
    texts[file.toString('utf8', at + 46, at + 46 + name)] = (file.readUInt16LE(at + 10) === 0 ? bytes : zlib.inflateRawSync(bytes)).toString('utf8');
    at += 46 + name + extra + comment;
  }
  return [...texts['xl/worksheets/sheet1.xml'].matchAll(/<row .*?<\/row>/gs)].slice(1).map(([row]) => row.replace(/<[^>]*>/g, ' '));
}

test('a short list is there at once, as the filter shows it', async ({ page, large }) => {
  await asOfficer(page, large);
  await page.goto(large.url + '/massnahmen?zustand=suspended');
  const shown = await page.getByRole('table').first().getByRole('rowheader').count();
  expect(shown).toBeGreaterThan(0);
  const [download] = await Promise.all([page.waitForEvent('download'), orderExcel(page)]);
  expect(download.suggestedFilename()).toBe('massnahmen.xlsx');
  expect(await rowsOf(download)).toHaveLength(shown);
});

test('a long list is written in the background, shows its progress, and holds what the filter asked for', async ({ page, large }, info) => {
  test.setTimeout(300_000);
  const scripted = info.project.name === 'with-script';
  await asOfficer(page, large);
  const rows = Array.from({ length: many }, (_, n) => `Hausbesuch ${String(n + 1).padStart(4, '0')};31.12.2020`);
  await page.goto(large.url + '/massnahmen/einlesen');
  await page.locator('[name=datei]').setInputFiles({ name: 'viele.csv', mimeType: 'text/csv', buffer: Buffer.from('Bezeichnung;Ende\n' + rows.join('\n') + '\n', 'utf8') });
  await press(page, 'Datei lesen');
  await press(page, 'Liste übernehmen');
  await expect(page.getByText(/sind eingelesen/).first()).toBeVisible({ timeout: 120_000 });

  await search(page, large, 'Hausbesuch');
  await orderExcel(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Die Liste wird geschrieben');
  const state = page.locator('#ausgabe');
  await expect(state).toBeVisible();
  const ready = page.getByText('Die Liste ist fertig.');
  // With JavaScript the page looks by itself; without it there is a link.
  if (scripted) await expect(ready).toBeVisible({ timeout: 60_000 });
  else
    await expect(async () => {
      if (await ready.count()) return;
      await page.getByRole('link', { name: 'Stand neu laden' }).press('Enter');
      await expect(ready).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 60_000 });
  if (scripted) {
    await expectAccessible(page, 'a finished list');
    await expectNarrow(page, 'a finished list');
  }
  const [download] = await Promise.all([page.waitForEvent('download'), state.getByRole('link', { name: 'massnahmen.xlsx' }).press('Enter')]);
  const written = await rowsOf(download);
  expect(written).toHaveLength(many);
  expect(written.every((row) => row.includes('Hausbesuch'))).toBe(true);

  // Somebody else does not find it, and is not told that it is there.
  const address = page.url();
  await page.context().clearCookies();
  expect((await page.goto(address))!.status()).toBe(404);
});
