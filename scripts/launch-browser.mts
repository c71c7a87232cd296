import { chromium, type Browser } from 'playwright-core'

/** Chrome or Chromium without a window and without a word to anybody but the pages it is shown. The profile is fresh. */
export const launchBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      // Chromium refuses to run as root inside its own sandbox, which is what machines for tests mostly do.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
