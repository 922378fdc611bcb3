import { expect, hasExamples, setUp, signIn, test } from './support/test';
import { expectAccessible, expectNarrow, reachable } from './support/look';

// Walks all pages by their links, as a visitor and as the people who work here, and looks at one of each kind.
for (const who of ['visitor', 'integration_officer', 'administrator'] as const) {
  test(`every page is accessible and narrow enough: ${who}`, async ({ page, demo, empty }) => {
    test.setTimeout(900_000);
    let server = demo;
    if (who === 'integration_officer') {
      test.skip(!hasExamples(), 'the example district brings this account');
      const account = demo.account(who);
      await signIn(page, demo, account.name, account.password);
    }
    if (who === 'administrator') {
      server = empty;
      await setUp(page, empty);
    }
    const addresses = await reachable(page, server.url + '/', 40);
    expect(addresses.length).toBeGreaterThan(3);
    for (const address of addresses) {
      await page.goto(address);
      const path = new URL(address).pathname;
      await expect.soft(page.locator('h1'), path).toHaveCount(1);
      expect.soft(await page.title(), path).not.toMatch(/^\s*–|undefined|\{/);
      expect.soft(await page.locator('body').innerText(), path).not.toMatch(/\{\{|\{[a-z_]+\}|undefined|NaN/);
      await expectAccessible(page, path);
      await expectNarrow(page, path);
    }
  });
}

test('refusals are pages, too', async ({ page, demo }) => {
  for (const [path, status] of [['/nirgends', 404], ['/pflichten/999999999', 404]] as const) {
    const answer = await page.goto(demo.url + path);
    expect(answer!.status()).toBe(status);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Diese Seite gibt es hier nicht');
    await expectAccessible(page, path);
    await expectNarrow(page, path);
  }
});

test('the keyboard reaches the content first', async ({ page, demo }) => {
  await page.goto(demo.url + '/impressum');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Zum Inhalt springen' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('#inhalt')).toBeFocused();
});
