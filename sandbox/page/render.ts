import { html, raw } from 'hono/html'
import type { Customer } from '../botpress'
import type { Call } from '../http/call-log'
import type { Stack } from '../stack'
import { SCRIPT, STYLE } from './assets'

type Html = ReturnType<typeof html>

/** `html` escapes every value that is put into it. */
export const renderPage = (stack: Stack): Html => html`<!doctype html>
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>HubSpot Inbox &amp; Help Desk HITL: sandbox</title>
      <link rel="icon" href="data:," />
      <style>
        ${raw(STYLE)}
      </style>
    </head>
    <body>
      <h1>HubSpot Inbox &amp; Help Desk HITL <small>sandbox</small></h1>
      <main id="view" aria-live="polite">${renderView(stack)}</main>
      <script>
        ${raw(SCRIPT)}
      </script>
    </body>
  </html>`

export const renderView = (stack: Stack): Html => html`
  <section class="side">
    <h2>The customer's chat</h2>
    ${stack.botpress.chat.customers.map(chat)}
    <form method="post" action="/customer/open">
      <input name="name" required placeholder="Name" aria-label="Name of another customer" />
      <button>Open another chat</button>
    </form>
  </section>
  <section class="side">
    <h2>The agents' HubSpot</h2>
    ${stack.hubspot.threads().length === 0 ? html`<p>No conversation yet.</p>` : ''}
    ${stack.hubspot.threads().map(({ id }) => thread(stack, id))}
  </section>
  <section class="calls">
    <h2>Calls between them <small>(the last 40)</small></h2>
    <table>
      <thead>
        <tr>
          <th>At</th>
          <th>To</th>
          <th>Call</th>
          <th>Status</th>
          <th>ms</th>
        </tr>
      </thead>
      <tbody>
        ${lastCalls(stack).map(call)}
      </tbody>
    </table>
  </section>
`

const chat = (customer: Customer, index: number): Html => html`
  <article>
    <h3>${customer.name}</h3>
    <ol>
      ${customer
        .messages()
        .map(
          ({ who, name, text, type }) =>
            html`<li class="${who}"><b>${name ?? who}</b><span>${text ?? type}</span></li>`,
        )}
    </ol>
    <form method="post" action="/customer/say">
      <input type="hidden" name="customer" value="${index}" />
      <input name="text" required autocomplete="off" placeholder="Write as ${customer.name}" aria-label="Message" />
      <button>Send</button>
    </form>
    <form method="post" action="/customer/escalate">
      <input type="hidden" name="customer" value="${index}" />
      <input name="userEmail" value="ada@example.com" aria-label="E-mail address or phone number" />
      <button>Talk to a human</button>
      <button formaction="/customer/end">End the session</button>
    </form>
  </article>
`

function thread({ hubspot }: Stack, id: string): Html {
  const { status, assignedTo, inboxId } = hubspot.thread(id)
  const inbox = hubspot.inboxes.find((each) => each.id === inboxId)?.name
  const nameOf = (actor: string | undefined) => hubspot.agents.find(({ actorId }) => actorId === actor)?.name
  return html`
    <article>
      <h3>
        Thread ${id} <small>${inbox}, ${status.toLowerCase()}, assigned to ${nameOf(assignedTo) ?? 'nobody'}</small>
      </h3>
      <ol>
        ${hubspot.messages(id).map((entry) => item(entry, nameOf))}
      </ol>
      <form method="post" action="/agent/reply">
        <input type="hidden" name="thread" value="${id}" />
        <input name="text" required autocomplete="off" placeholder="Reply as the agent" aria-label="Reply" />
        <button>Reply</button>
      </form>
      <form method="post" action="/agent/assign">
        <input type="hidden" name="thread" value="${id}" />
        <select name="actor" aria-label="Agent">
          ${hubspot.agents.map(({ actorId, name }) => html`<option value="${actorId}">${name}</option>`)}
        </select>
        <button>Assign</button>
        <button formaction="/agent/close">Close the thread</button>
      </form>
    </article>
  `
}

type Item = ReturnType<Stack['hubspot']['messages']>[number]

function item(entry: Item, nameOf: (actorId: string | undefined) => string | undefined): Html {
  switch (entry.type) {
    case 'MESSAGE': {
      const side = entry.direction === 'INCOMING' ? 'customer' : 'agent'
      const [sender] = entry.senders
      const receipt = entry.direction === 'OUTGOING' ? ` (${entry.status.statusType.toLowerCase()})` : ''
      return html`<li class="${side}">
        <b>${sender?.name ?? nameOf(sender?.actorId) ?? side}</b><span>${entry.text}</span><i>${receipt}</i>
      </li>`
    }
    case 'COMMENT':
      return html`<li class="note"><b>Internal note</b><span>${entry.text}</span></li>`
    case 'ASSIGNMENT':
      return html`<li class="system">Assigned to ${nameOf(entry.assignedTo) ?? 'nobody'}</li>`
    case 'THREAD_STATUS_CHANGE':
      return html`<li class="system">${entry.newStatus === 'CLOSED' ? 'Closed' : 'Opened'}</li>`
  }
}

type Row = { to: string; call: Call }

function lastCalls({ botpress, hubspot }: Stack): Row[] {
  const rows: Row[] = [
    ...hubspot.log.calls.map((each) => ({ to: 'HubSpot', call: each })),
    ...botpress.log.calls.map((each) => ({ to: 'Botpress', call: each })),
  ]
  return rows.sort((a, b) => b.call.startedAt - a.call.startedAt).slice(0, 40)
}

const call = ({ to, call: { method, path, status, startedAt, durationMs } }: Row): Html => html`
  <tr>
    <td>${new Date(startedAt).toISOString().slice(11, 23)}</td>
    <td>${to}</td>
    <td><code>${method} ${path}</code></td>
    <td>${status}</td>
    <td>${durationMs.toFixed(1)}</td>
  </tr>
`
