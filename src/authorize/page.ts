import { createHash } from 'node:crypto'
import type * as bp from '../bp'
import { html, type Html } from './html'
import { STYLE, STYLE_ELEMENT } from './style'

export type Page = {
  title: string
  content: Html
  status?: number
  /** Whether this is how it should end. */
  outcome?: 'good' | 'bad'
  /** Whether the page loads itself anew until something else comes. */
  isReloading?: boolean
}

/** Addresses here hold a code of HubSpot or a session: no page tells them to another, no cache keeps them. */
const PRIVATE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // Without it, Botpress' gateway shows a page of its own in place of what is below /oauth.
  'x-bp-disable-interstitial': 'true',
}

/** Contains no scripts and allows none; nothing is loaded, and no other page can put this one into a frame. */
export function renderPage({ title, content, status = 200, outcome, isReloading = false }: Page): bp.WebhookAnswer {
  const refresh = isReloading ? html`<meta http-equiv="refresh" content="1" />` : html``
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${title} – Botpress and HubSpot</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body class="${outcome ?? ''}">
        <main>
          <p class="where">Botpress and HubSpot</p>
          <h1>${title}</h1>
          ${content}
        </main>
      </body>
    </html> `
  return {
    status,
    headers: { ...PRIVATE, ...protection(), 'content-type': 'text/html; charset=utf-8' },
    body: page.text,
  }
}

/** 303: whatever the browser has sent before, it asks with GET. */
export const redirect = (location: string): bp.WebhookAnswer => ({
  status: 303,
  headers: { ...PRIVATE, location },
  body: '',
})

const protection = () => ({
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    'img-src data:',
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    // Every integration's pages share the gateway's host. In an origin of its own, a page cannot be read by a neighbour
    // that opened it. Without allow-scripts a browser reloads no page by itself; the policy above still allows no script.
    'sandbox allow-forms allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'x-frame-options': 'DENY',
})
