import { Hono, type Context } from 'hono'
import { csrf } from 'hono/csrf'
import { streamSSE } from 'hono/streaming'
import * as z from 'zod/mini'
import type { Stack } from '../stack'
import { renderPage, renderView } from './render'
import { subscribeToChanges } from './changes'

/** One page for both sides of a conversation. Everything works by plain forms; a small script keeps it current. */
export function pageRoutes(stack: Stack): Hono {
  const { botpress, hubspot } = stack
  const app = new Hono()
  app.use(csrf())
  // What a person could not do on HubSpot's screen either.
  app.onError(({ message }, c) => c.text(message, 400))
  app.get('/', async (c) => c.html(await renderPage(stack)))
  app.get('/view', async (c) => c.html(await renderView(stack)))
  app.get('/changes', (c) =>
    streamSSE(c, async (stream) => {
      const stop = subscribeToChanges(stack, () => void stream.writeSSE({ data: 'changed' }))
      await new Promise<void>((resolve) => stream.onAbort(resolve))
      stop()
    }),
  )

  const customer = ({ customer: index }: { customer: string }) => {
    const found = botpress.chat.customers[Number(index)]
    if (!found) throw new Error(`There is no customer ${index}`)
    return found
  }
  app.post(
    '/customer/open',
    onForm(z.object({ name: text }), async ({ name }) => void botpress.chat.open({ name })),
  )
  app.post(
    '/customer/say',
    onForm(z.object({ customer: text, text }), (form) => customer(form).say(form.text)),
  )
  app.post(
    '/customer/end',
    onForm(z.object({ customer: text }), (form) => customer(form).end()),
  )
  app.post(
    '/customer/escalate',
    onForm(z.object({ customer: text, userEmail: z.string() }), async (form) => {
      await customer(form).escalate({ title: 'A question', userEmail: form.userEmail })
    }),
  )
  app.post(
    '/agent/assign',
    onForm(z.object({ thread: text, actor: text }), async ({ thread, actor }) => hubspot.agent.assign(thread, actor)),
  )
  app.post(
    '/agent/reply',
    onForm(z.object({ thread: text, text }), async (form) => {
      const actorId = hubspot.thread(form.thread).assignedTo ?? hubspot.agents[0]?.actorId ?? ''
      hubspot.agent.reply(form.thread, { actorId, text: form.text })
    }),
  )
  app.post(
    '/agent/close',
    onForm(z.object({ thread: text }), async ({ thread }) => hubspot.agent.close(thread)),
  )
  return app
}

const text = z.string().check(z.trim(), z.minLength(1))

/** What a form asks for is done, then the page is shown again; a form that lacks something changes nothing. */
function onForm<S extends z.ZodMiniType>(schema: S, run: (form: z.infer<S>) => Promise<void>) {
  return async (c: Context) => {
    const form = schema.safeParse(await c.req.parseBody())
    if (form.success) await run(form.data)
    return c.redirect('/', 303)
  }
}
