import { defineConfig } from '@playwright/test';

// One worker and generous limits: the tests must pass on a small, busy machine. No browser is downloaded; Debian's Chromium is used.
const chromium = {
  browserName: 'chromium' as const,
  locale: 'de-DE',
  timezoneId: 'Europe/Berlin',
  viewport: { width: 1280, height: 900 },
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  },
};

export default defineConfig({
  testDir: '.',
  outputDir: 'results',
  workers: 1,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  retries: 0,
  reporter: 'line',
  use: { actionTimeout: 20_000, navigationTimeout: 30_000, trace: 'retain-on-failure' },
  projects: [
    { name: 'with-script', use: chromium },
    // Every journey works without JavaScript, too; what looks into pages by script (axe, layout) runs above only.
    { name: 'without-script', use: { ...chromium, javaScriptEnabled: false }, testMatch: 'journeys/**/*.spec.ts', grepInvert: /@script/ },
  ],
});
