import { createHash } from 'node:crypto'
import type * as bp from '../bp'
import { html, type Html } from './html'
import { STYLE, STYLE_ELEMENT } from './style'

export type Page = {
  title: string
  content: Html
  status?: number
  /** For the last page of a visit: whether it succeeded. */
  outcome?: 'good' | 'bad'
  /** Whether the page reloads itself until the answer is another page. */
  isReloading?: boolean
}

/** The addresses contain an authorization code or a session, so they must not reach caches or other sites. */
const PRIVATE = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  // By default, Botpress' gateway shows its own page instead of ours below /oauth.
  'x-bp-disable-interstitial': 'true',
}

/** The page contains and allows no scripts, loads nothing, and cannot be framed by another page. */
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

/** 303: the browser continues with GET. */
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
    // The pages of all integrations share the gateway's host. The sandbox gives this page its own origin, so another
    // integration's page that opened it cannot read it. Automatic reloads need allow-scripts; default-src still blocks
    // every script.
    'sandbox allow-forms allow-scripts allow-downloads allow-popups allow-popups-to-escape-sandbox',
  ].join('; '),
  'x-frame-options': 'DENY',
})
