import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/** `html` escapes every value. */
export type Markup = ReturnType<typeof html>

export type Document = {
  title: string
  style: string
  content: Markup
  status?: ContentfulStatusCode
  /** Another origin that a form's response may redirect to: Chromium applies the policy to redirects too. */
  formsLeadTo?: string
}

/** A page without scripts. Its policy blocks all scripts and requests. */
export async function answerDocument(c: Context, document: Document): Promise<Response> {
  const { title, style, content, status = 200, formsLeadTo = '' } = document
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        ${raw(`<style>${style}</style>`)}
      </head>
      <body>
        ${content}
      </body>
    </html> `
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    'img-src data:',
    `form-action 'self' ${formsLeadTo}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ]
  return c.html(page, status, {
    'cache-control': 'no-store',
    // With no-referrer, a form would be sent without its origin.
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'content-security-policy': policy.join('; '),
  })
}
