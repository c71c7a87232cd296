import { html } from 'hono/html'

/** The page before its script has run. */
export const page = () => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Human handoff between Botpress and HubSpot</title>
      <link rel="icon" href="/icon.svg" />
      <link rel="stylesheet" href="/page.css" />
      <script type="module" src="/page.js"></script>
    </head>
    <body>
      <div id="page"></div>
      <noscript>This page needs JavaScript.</noscript>
    </body>
  </html>`
