import { createHash } from 'node:crypto'
import type * as bp from '../bp'
import { escapeHtml } from '../content/text'

/** Text that is already HTML. All other text is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Value = string | Html | readonly Html[]

/** The only way to create `Html` from values: it escapes every string. */
export const html = (parts: TemplateStringsArray, ...values: Value[]): Html =>
  new Html(parts.map((part, index) => (index === 0 ? part : `${textOf(values[index - 1] ?? '')}${part}`)).join(''))

function textOf(value: Value): string {
  if (typeof value === 'string') return escapeHtml(value)
  return value instanceof Html ? value.text : value.map(({ text }) => text).join('')
}

export type Page = {
  title: string
  content: Html
  status?: number
  /** For the last page of a visit: whether it succeeded. */
  outcome?: 'good' | 'bad'
  /** The page reloads itself after this many seconds, until the answer is another page. */
  reloadAfter?: number
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
export function renderPage({ title, content, status = 200, outcome, reloadAfter }: Page): bp.WebhookAnswer {
  const refresh = reloadAfter ? html`<meta http-equiv="refresh" content="${String(reloadAfter)}" />` : html``
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

/** Botpress' own page for the end of a visit. */
const END = 'https://app.botpress.cloud/oauth/interstitial?success='

export const BACK = html`<p>
  <a class="button quiet" href="${END}true" rel="noreferrer">Back to Botpress</a>
</p>`

export const CANCEL = html`<p>
  <a class="button quiet" href="${END}false&errorMessage=Nothing%20was%20connected." rel="noreferrer">Cancel</a>
</p>`

/** 303: the browser continues with GET. */
export const redirect = (location: string, headers: Record<string, string> = {}): bp.WebhookAnswer => ({
  status: 303,
  headers: { ...PRIVATE, location, ...headers },
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

/** The pages' whole style sheet. The content security policy allows exactly this text. */
export const STYLE = `
:root { color-scheme: light dark; --page: #f4f5f7; --card: #fff; --text: #1c2430; --soft: #5b6675; --line: #d5dae1;
  --accent: #b83208; --on-accent: #fff; --good: #1b7a43; --bad: #b3261e; font: 17px/1.55 system-ui, sans-serif }
@media (prefers-color-scheme: dark) {
  :root { --page: #14181f; --card: #1d232c; --text: #e8ebf0; --soft: #a3aebc; --line: #38414e; --accent: #ff8a5c; --on-accent: #1c1108;
    --good: #6fd498; --bad: #ff9b92 }
}
* { box-sizing: border-box }
body { margin: 0; padding: 1rem; background: var(--page); color: var(--text) }
main { max-width: 36rem; margin: 8vh auto 0; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem;
  overflow-wrap: anywhere }
.good main { border-top: 5px solid var(--good) } .bad main { border-top: 5px solid var(--bad) }
main > :last-child { margin-bottom: 0 }
@media (max-width: 30rem) { main { margin-top: 0; padding: 1.5rem 1.25rem } }
h1 { margin: 0 0 1rem; font-size: 1.55rem; line-height: 1.25; text-wrap: balance }
p { margin: 0 0 1rem }
.where { margin: 0 0 .25rem; color: var(--soft); font-size: .85rem }
.hint { color: var(--soft); font-size: .9rem }
fieldset { margin: 0 0 1.25rem; padding: 0; border: 0 }
legend { padding: 0; margin-bottom: .25rem }
.row { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; padding: .75rem 0; border-top: 1px solid var(--line) }
.row label { display: flex; gap: .6rem; align-items: center }
.row label:first-child { flex: 1 1 15rem }
.row small { display: block; color: var(--soft) }
@media (max-width: 30rem) { .row label:last-child { padding-left: 1.75rem } }
progress { display: block; width: 100%; margin: 0 0 1rem; accent-color: var(--accent) }
input { width: 1.15rem; height: 1.15rem; margin: 0; flex: none; accent-color: var(--accent) }
button, .button { display: inline-block; padding: .65rem 1.4rem; border: 0; border-radius: .6rem; font: inherit; font-weight: 600;
  background: var(--accent); color: var(--on-accent); text-decoration: none; cursor: pointer }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px }
a { color: var(--accent) }
ul, ol { margin: 0 0 1rem; padding-left: 1.4rem } li { margin: .25rem 0 }
.quiet { border: 1px solid var(--line); background: none; color: var(--accent) }
pre, textarea { display: block; width: 100%; margin: 0 0 1rem; padding: .6rem .8rem; overflow: auto; border: 1px solid var(--line); border-radius: .6rem;
  background: var(--page); color: var(--text); font: .85rem/1.5 ui-monospace, monospace }
summary { margin-bottom: 1rem; cursor: pointer } strong { font-weight: 600 }
dl { margin: 0 0 1.25rem } dt { font-weight: 600 } dd { margin: 0 0 .5rem }
`

/** Not part of the page's template, where a formatter would change the text and so its hash. */
export const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`)
