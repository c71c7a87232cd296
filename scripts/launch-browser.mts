import { chromium, type Browser } from 'playwright-core'

/** Headless Chrome or Chromium with a new profile and without background requests. */
export const launchBrowser = (executablePath: string): Promise<Browser> =>
  chromium.launch({
    executablePath,
    headless: true,
    args: [
      // Chromium's sandbox does not work as root, and test machines usually run as root.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
