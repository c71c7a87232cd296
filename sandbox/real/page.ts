import { Hono, type Context } from 'hono'
import { csrf } from 'hono/csrf'
import { html } from 'hono/html'
import * as z from 'zod/mini'
import { localOnly } from '../http/local-only'
import type { RealStack } from './stack'

type Html = ReturnType<typeof html>

/** The customers' side alone, and the calls: agents answer in HubSpot itself. */
export function realPage(stack: RealStack): Hono {
  const { chat } = stack.botpress
  const app = new Hono().use(localOnly, csrf())
  app.get('/', async (c) => c.html(await forms(stack)))
  app.get('/view', async (c) => c.html(await view(stack)))

  const done = (c: Context, problem?: string) => (problem === undefined ? c.redirect('/', 303) : c.text(problem, 400))
  app.post('/open', async (c) => {
    const name = textOf(await c.req.parseBody(), 'name')
    if (name !== '') chat.open({ name })
    return done(c)
  })
  app.post('/say', async (c) => {
    const form = await c.req.parseBody()
    const text = textOf(form, 'text')
    if (text !== '') await chat.customers[Number(form['customer'])]?.say(text)
    return done(c)
  })
  app.post('/escalate', async (c) => {
    const form = await c.req.parseBody()
    const [title, userEmail] = [textOf(form, 'title'), textOf(form, 'userEmail')]
    const result = await chat.customers[Number(form['customer'])]?.escalate({ title, userEmail })
    return done(c, result?.message)
  })
  return app
}

const textOf = (form: Record<string, unknown>, name: string): string =>
  z.catch(z.string().check(z.trim()), '').parse(form[name])

const forms = ({ botpress, hubspot }: RealStack): Html => html`<!doctype html>
  <html lang="en">
    <title>Sandbox with a HubSpot account</title>
    <style>
      body {
        font:
          16px/1.5 system-ui,
          sans-serif;
        margin: 1rem auto;
        max-width: 60rem;
      }
      iframe {
        border: 0;
        height: 70vh;
        width: 100%;
      }
    </style>
    <h1>Customers</h1>
    <p>Agents answer in <a href="${hubspot.appUrl}">HubSpot</a>.</p>
    <form method="post" action="/open">
      <input name="name" required aria-label="Name" placeholder="Name" /> <button>Open a chat</button>
    </form>
    ${botpress.chat.customers.map(
      ({ name }, index) => html`
        <form method="post" action="/say">
          <input type="hidden" name="customer" value="${index}" />
          <input name="text" aria-label="Message" placeholder="Write as ${name}" /> <button>Send</button>
          <input name="title" aria-label="Title" placeholder="Title" value="A question" />
          <input name="userEmail" aria-label="E-mail address or phone number" placeholder="E-mail of a contact" />
          <button formaction="/escalate">Talk to a human</button>
        </form>
      `,
    )}
    <iframe src="/view" title="Chats and calls"></iframe>
  </html>`

const view = ({ botpress, hubspot, log }: RealStack): Html => html`<!doctype html>
  <html lang="en">
    <meta http-equiv="refresh" content="1" />
    <title>Chats and calls</title>
    ${botpress.chat.customers.map(
      (customer) => html`
        <h2>${customer.name}</h2>
        <ul>
          ${customer
            .messages()
            .map(({ who, name, text, type }) => html`<li><b>${name ?? who}</b> ${text ?? type}</li>`)}
        </ul>
      `,
    )}
    <h2>Calls to HubSpot</h2>
    <ol>
      ${hubspot.log.calls.map(({ method, path, status }) => html`<li>${method} ${path} ${status}</li>`)}
    </ol>
    <h2>Log</h2>
    <ul>
      ${log.map((line) => html`<li>${line}</li>`)}
    </ul>
  </html>`
