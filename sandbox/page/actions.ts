import * as z from 'zod/mini'
import { sendCustomerFile, sendReply, someText } from './files'
import { openChat } from './open-chat'
import type { PageState } from './page-state'
import { escalate } from './trouble/scene'

/** One user action on the page. Returns the number of what it has made, if the page needs it. */
type Action = (state: PageState, given: unknown) => Promise<void> | void | number

const chat = z.object({ chat: z.number() })
const thread = z.object({ thread: z.string() })

const QUESTION = { text: 'My order came broken.', title: 'Broken order' }

/** Actions throw an Error with the reason if HubSpot's own page would not allow them. */
const table: Record<string, Action> = {
  openChat: ({ sandbox }) => sandbox.botpress.chat.customers.indexOf(openChat(sandbox)),
  say: act(z.extend(chat, { text: z.string() }), (state, given) =>
    state.customer(given.chat).say(someText(given.text)),
  ),
  ask: act(chat, (state, given) => escalate(state.customer(given.chat), undefined, QUESTION)),
  sendFile: sendCustomerFile,
  end: act(chat, (state, given) => state.customer(given.chat).end()),

  look: act(thread, ({ desk }, given) => desk.markSeen(given.thread)),
  assign: act(z.extend(thread, { agent: z.string() }), ({ desk: { stack } }, given) =>
    given.agent === ''
      ? stack.hubspot.agent.unassign(given.thread)
      : stack.hubspot.agent.assign(given.thread, given.agent),
  ),
  reply: sendReply,
  close: act(z.extend(thread, { agent: z.string() }), ({ desk: { stack } }, given) =>
    stack.hubspot.agent.close(given.thread, given.agent),
  ),
  setAvailability: act(z.object({ agent: z.string(), isAvailable: z.boolean() }), ({ desk }, { agent, isAvailable }) =>
    desk.stack.hubspot.users.change(agent, { hs_availability_status: isAvailable ? 'available' : 'away' }),
  ),
  reopen: act(thread, ({ desk: { stack } }, given) => stack.hubspot.agent.reopen(given.thread)),
  delete: act(thread, ({ desk: { stack } }, given) => stack.hubspot.agent.archive(given.thread)),
  restore: act(thread, ({ desk: { stack } }, given) => stack.hubspot.agent.restore(given.thread)),
  deleteForGood: act(thread, ({ desk: { stack } }, given) => stack.hubspot.agent.purge(given.thread)),

  trouble: act(z.extend(chat, { trouble: z.string() }), ({ desk }, given) =>
    desk.troubles.start(given.trouble, given.chat),
  ),
}

/** By name. */
export const actions: ReadonlyMap<string, Action> = new Map(Object.entries(table))

function act<S extends z.ZodMiniType>(
  schema: S,
  run: (state: PageState, given: z.infer<S>) => Promise<void> | void,
): Action {
  return (state, given) => run(state, schema.parse(given))
}
