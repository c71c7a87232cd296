import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { build } from 'esbuild'
import { Hono } from 'hono'
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

/** The files that the page loads. */
export const assets = (): Hono =>
  new Hono()
    .get('/page.js', async (c) => c.body((await bundleClient()).script, 200, { 'content-type': 'text/javascript' }))
    .get('/page.css', async (c) => c.body((await bundleClient()).style, 200, { 'content-type': 'text/css' }))
    .get('/icon.svg', async (c) => {
      const icon = await readFile(resolve(import.meta.dirname, '../../icon.svg'))
      return c.body(icon, 200, { 'content-type': 'image/svg+xml' })
    })

let built: ReturnType<typeof buildClient> | undefined

/** The page's script and style, built in memory on first use, so that starting needs no build. */
const bundleClient = () => (built ??= buildClient())

async function buildClient() {
  const { outputFiles } = await build({
    entryPoints: ['app.tsx', 'style/index.css'].map((file) => resolve(import.meta.dirname, 'client', file)),
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    logLevel: 'warning',
  })
  const ending = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? ''
  return { script: ending('.js'), style: ending('.css') }
}
