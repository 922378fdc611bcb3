import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

// What every page owes, whoever made it: no finding of axe in light and dark, nothing to scroll sideways at 320 px, one heading, a title.
export async function expectAccessible(page: Page, label: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const result = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
    const findings = result.violations.map((v) => `${v.id}: ${v.help} – ${v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')}`);
    expect.soft(findings, `${label} (${colorScheme})`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}

export async function expectNarrow(page: Page, label: string): Promise<void> {
  const before = page.viewportSize();
  await page.setViewportSize({ width: 320, height: 800 });
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const inScroller = (e: Element | null): boolean => !!e && (getComputedStyle(e).overflowX !== 'visible' || inScroller(e.parentElement));
    return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > room + 1 && !inScroller(e.parentElement))
      .slice(-4).map((e) => `${e.tagName}.${e.className} ${Math.round(e.getBoundingClientRect().right)} px: ${(e.textContent ?? '').slice(0, 40)}`).concat(`${document.documentElement.scrollWidth} px`);
  });
  expect.soft(wide, `${label} at 320 px`).toEqual([]);
  await page.setViewportSize(before!);
}

// Pages reachable by links, one of each kind: /pflichten/3 and /pflichten/4 are the same page.
export async function reachable(page: Page, start: string, most: number): Promise<string[]> {
  const origin = new URL(start).origin;
  const kindOf = (address: string) => new URL(address).pathname.replace(/\/\d[\d.]*(?=\/|$)/g, '/#').replace(/(\/konzept\/[^/]+)\/(?:[a-z]-?)?[\d.]+$/, '$1/#');
  const seen = new Set<string>([kindOf(start)]);
  const found: string[] = [];
  const waiting = [start, origin + '/impressum'];
  while (waiting.length > 0 && found.length < most) {
    const address = waiting.shift()!;
    const answer = await page.goto(address);
    if (!answer || !(answer.headers()['content-type'] ?? '').startsWith('text/html')) continue;
    expect.soft(answer.status(), address).toBe(200);
    found.push(address);
    const links = await page.locator('a[href]').evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    for (const link of links) {
      const url = new URL(link);
      if (url.origin !== origin || /\.(csv|json|ics|pdf|xlsx|txt|svg)$/.test(url.pathname) || /\/(dateien|export|heute)(\/|$)/.test(url.pathname) || url.search !== '') continue;
      const kind = kindOf(link);
      if (seen.has(kind)) continue;
      seen.add(kind);
      waiting.push(origin + url.pathname);
    }
  }
  return found;
}
