import * as z from 'zod/mini'
import { sendCustomerFile, sendReply, someText } from './files'
import { openChat } from './open-chat'
import type { PageState } from './page-state'
import { escalate } from './trouble/scene'

/** One user action on the page. Returns the number of what it has made, if the page needs it. */
type Action = (state: PageState, given: unknown) => Promise<void> | void | number

const chat = { chat: z.number() }
const thread = { thread: z.string() }

/** Actions throw an Error with the reason if HubSpot's own page would not allow them. */
const table: Record<string, Action> = {
  openChat: ({ sandbox }) => sandbox.botpress.chat.customers.indexOf(openChat(sandbox)),
  say: act({ ...chat, text: z.string() }, (state, given) => state.customer(given.chat).say(someText(given.text))),
  ask: act(chat, (state, given) => escalate(state.customer(given.chat))),
  sendFile: sendCustomerFile,
  end: act(chat, (state, given) => state.customer(given.chat).end()),

  look: act(thread, (state, given) => state.markSeen(given.thread)),
  reply: sendReply,
  assign: act({ ...thread, agent: z.string() }, ({ stack: { hubspot } }, given) =>
    given.agent === '' ? hubspot.agent.unassign(given.thread) : hubspot.agent.assign(given.thread, given.agent),
  ),
  close: act({ ...thread, agent: z.string() }, ({ stack }, given) =>
    stack.hubspot.agent.close(given.thread, given.agent),
  ),
  reopen: act(thread, ({ stack }, given) => stack.hubspot.agent.reopen(given.thread)),
  delete: act(thread, ({ stack }, given) => stack.hubspot.agent.archive(given.thread)),
  restore: act(thread, ({ stack }, given) => stack.hubspot.agent.restore(given.thread)),
  deleteForGood: act(thread, ({ stack }, given) => stack.hubspot.agent.purge(given.thread)),
  setAvailability: act({ agent: z.string(), isAvailable: z.boolean() }, ({ stack }, { agent, isAvailable }) =>
    stack.hubspot.users.change(agent, { hs_availability_status: isAvailable ? 'available' : 'away' }),
  ),

  trouble: act({ ...chat, title: z.string() }, (state, given) =>
    state.troubles.start({ stack: state.stack, customer: state.customer(given.chat), title: given.title }),
  ),
}

/** By name. */
export const actions: ReadonlyMap<string, Action> = new Map(Object.entries(table))

function act<S extends z.core.$ZodShape>(
  shape: S,
  run: (state: PageState, given: z.infer<z.ZodMiniObject<S>>) => Promise<void> | void,
): Action {
  const schema = z.object(shape)
  return (state, given) => run(state, schema.parse(given))
}
