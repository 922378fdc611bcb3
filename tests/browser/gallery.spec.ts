import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { expect, test as base } from './support/test';
import { expectAccessible, expectNarrow } from './support/look';
import { root } from './support/server';

// Every part of the house's pages, filled with invented figures and written to disk by the unit tests: states, forms with mistakes, lists, charts.
const test = base.extend<{}, { gallery: string }>({
  gallery: [async ({}, use) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'miteinander-gallery-'));
    execFileSync(process.env.MITEINANDER_WEB_TESTS ?? path.join(root, 'build/asan/test_platform_web'), ['--gtest_filter=Gallery.CanBeWrittenToDisk'],
      { env: { ...process.env, MITEINANDER_GALLERY: folder }, timeout: 120_000 });
    const types: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
    const server = http.createServer((request, answer) => {
      const file = path.join(folder, path.normalize(new URL(request.url!, 'http://x').pathname));
      if (!file.startsWith(folder) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) { answer.writeHead(404).end(); return; }
      answer.writeHead(200, { 'Content-Type': types[path.extname(file)] ?? 'text/plain', 'Content-Security-Policy': "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" });
      fs.createReadStream(file).pipe(answer);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as { port: number }).port}/galerie`);
    server.close();
    fs.rmSync(folder, { recursive: true, force: true });
  }, { scope: 'worker', timeout: 180_000 }],
});

for (const name of ['index', 'formular', 'fehler', 'liste', 'leer']) {
  test(`gallery: ${name}`, async ({ page, gallery }) => {
    await page.goto(`${gallery}/${name}.html`);
    for (const details of await page.locator('.app-chart details').all()) await details.evaluate((element) => { (element as HTMLDetailsElement).open = true; });
    await expectAccessible(page, name);
    await expectNarrow(page, name);
    if (process.env.SCREENSHOTS) {
      for (const colorScheme of ['light', 'dark'] as const) for (const width of [1280, 390]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await page.screenshot({ path: path.join(process.env.SCREENSHOTS, `${name}-${colorScheme}-${width}.png`), fullPage: true });
      }
    }
  });
}

test('gallery: a refused form leads to its mistakes', async ({ page, gallery }) => {
  await page.goto(`${gallery}/fehler.html`);
  await expect(page.locator('#fehler')).toBeFocused();
  await page.getByRole('link', { name: /^Frist:/ }).click();
  await expect(page.getByLabel('Frist')).toBeFocused();
  await expect(page.getByLabel('Frist')).toHaveValue('31.13.2020');
});
