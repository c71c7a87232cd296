import { setTimeout as sleep } from 'node:timers/promises'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { streamSSE } from 'hono/streaming'
import * as z from 'zod/mini'
import type { Sandbox } from '../assemble'
import type { Story } from '../story'
import { isRenewable } from '../renewable'
import { actions } from './actions'
import { assets, page } from './assets'
import { passFile } from './files'
import { PageState } from './page-state'

/** Looking is simpler than being told of every change on both platforms, and quick enough for the eye. */
const LOOKS_EVERY_MS = 100

/** One page for both sides of a conversation and the calls between them. The server keeps all of its state. */
export function pageRoutes(sandbox: Sandbox, story?: Story): Hono {
  let state = new PageState(sandbox, story)

  const app = new Hono()
  app.use(strictHeaders, csrf())
  // Errors are actions that the platforms' own pages would not allow either.
  app.onError((error, c) => (error instanceof HTTPException ? error.getResponse() : c.text(reasonOf(error), 400)))
  app.route('/', assets())
  app.get('/', (c) => c.html(page()))
  app.get('/changes', (c) =>
    streamSSE(
      c,
      async (stream) => {
        await state.prepare()
        let sent = ''
        while (!stream.aborted) {
          const data = JSON.stringify(state.view())
          if (data !== sent) await stream.writeSSE({ data })
          sent = data
          await sleep(LOOKS_EVERY_MS)
        }
      },
      // Hono then sends the reason, and the browser tries again.
      async () => {},
    ),
  )
  app.use('/do/*', async (_, next) => {
    await state.prepare()
    await next()
  })
  app.get('/calls/:id', (c) => c.json(state.logbook.details(Number(c.req.param('id'))) ?? null))
  app.get('/file', (c) => passFile(state, c))
  if (isRenewable(sandbox)) {
    sandbox.onStart(async () => {
      state = new PageState(sandbox)
      await state.prepare()
    })
    app.post('/do/startOver', async (c) => {
      await sandbox.startOver()
      return c.body(null, 204)
    })
  }
  app.post('/do/:action', async (c) => {
    const action = actions.get(c.req.param('action'))
    if (!action) return c.notFound()
    const isJson = c.req.header('content-type')?.startsWith('application/json')
    const made = await action(state, await (isJson ? c.req.json() : c.req.parseBody({ all: true })))
    return made === undefined ? c.body(null, 204) : c.json(made)
  })
  return app
}

/** Allows only the page's own script and style, and only requests to this server. */
const strictHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  // HSTS would force https for all of localhost.
  strictTransportSecurity: false,
})

/** The page never sends what it cannot read: this is for people who send it themselves. */
function reasonOf(error: Error): string {
  if (!(error instanceof z.core.$ZodError)) return error.message
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')
}
