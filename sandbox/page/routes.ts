import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import type { RealStack } from '../real/stack'
import { isRenewable, type RenewableStack } from '../renewable'
import { actions } from './actions'
import { bundleClient } from './bundle'
import { createChanges } from './changes'
import { passFile, sendCustomerFile, sendReply } from './files'
import { page } from './html'
import { strictHeaders } from './security'
import { Stage } from './stage'

/** One page for both sides of a conversation and the calls between them. The server keeps all of its state. */
export function pageRoutes(sandbox: RenewableStack | RealStack): Hono {
  const changes = createChanges()
  let stage = new Stage(sandbox, changes.tell)

  const app = new Hono()
  app.use(strictHeaders, csrf())
  // What a person could not do on the platforms' screens either.
  app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text(error.message, 400)))
  assets(app)
  app.get('/', async (c) => {
    await stage.prepare()
    return c.html(page())
  })
  app.get('/changes', (c) => streamSSE(c, (stream) => changes.follow(stream, () => JSON.stringify(stage.view()))))
  app.get('/calls/:id', (c) => c.json(stage.logbook.details(Number(c.req.param('id'))) ?? null))
  app.get('/file', (c) => passFile(stage, c))
  if (isRenewable(sandbox)) {
    sandbox.onStart(async () => {
      stage.stop()
      stage = new Stage(sandbox, changes.tell)
      await stage.prepare()
    })
    app.post('/do/startOver', async (c) => {
      await sandbox.startOver()
      return c.body(null, 204)
    })
  }
  app.post('/do/sendFile', async (c) => {
    await sendCustomerFile(stage, await c.req.parseBody())
    return c.body(null, 204)
  })
  app.post('/do/reply', async (c) => {
    await sendReply(stage, await c.req.parseBody({ all: true }))
    changes.tell()
    return c.body(null, 204)
  })
  app.post('/do/:action', async (c) => {
    const action = actions.get(c.req.param('action'))
    if (!action) return c.notFound()
    await action(stage, await c.req.json())
    changes.tell()
    return c.body(null, 204)
  })
  return app
}

function assets(app: Hono): void {
  app.get('/page.js', async (c) => c.body((await bundleClient()).script, 200, { 'content-type': 'text/javascript' }))
  app.get('/page.css', async (c) => c.body((await bundleClient()).style, 200, { 'content-type': 'text/css' }))
  app.get('/icon.svg', async (c) => {
    const icon = await readFile(resolve(import.meta.dirname, '../../icon.svg'))
    return c.body(icon, 200, { 'content-type': 'image/svg+xml' })
  })
}
