import * as z from 'zod/mini'
import type { Sandbox } from '../../assemble'
import type { Botpress, Customer } from '../../botpress'
import type { ChatMessage } from '../../botpress/hitl/upstream'
import type { ChatView, InboxView, LineView, Moment, SessionView } from '../view'
import { fileView } from './file-view'

/** The customers' side. */
export function chatsView(sandbox: Sandbox): ChatView[] {
  const sessions = sessionsOf(sandbox.botpress)
  return sandbox.botpress.chat.customers.map((customer, id) => {
    const own = sessions.filter(({ chat }) => chat === customer.conversationId)
    const lines = linesOf(sandbox, customer, own)
    return { id, at: lines[0]?.at ?? 0, name: customer.name, lines, sessions: own.map(({ shown }) => shown) }
  })
}

type KnownSession = { chat: string; conversationId: string; shown: SessionView }

/** How far each session has come, as Botpress knows it, which is the same for a real account. */
function sessionsOf({ plugin, conversations, events, messages, users }: Botpress): KnownSession[] {
  // Each access makes copies of all of them.
  const all = { conversations, events, messages, users }
  return plugin.sessions.map((session) => {
    const { downstreamConversationId: conversationId, upstreamConversationId: chat, isActive, agentUserId } = session
    const conversation = all.conversations.find(({ id }) => id === conversationId)
    const first = (type: string) =>
      all.events.find((event) => event.type === type && event.payload['conversationId'] === conversationId)
    const reply = all.messages.find((each) => each.conversationId === conversationId && each.direction === 'incoming')
    const shown: SessionView = {
      at: momentOf(conversation?.createdAt)?.at ?? 0,
      threadId: conversation?.tags['id'] ?? '',
      agent: all.users.find(({ id }) => id === agentUserId)?.name,
      joined: momentOf(first('hitlAssigned')?.createdAt),
      answered: momentOf(reply?.createdAt),
      closed: isActive ? undefined : momentOf(first('hitlStopped')?.createdAt ?? conversation?.updatedAt),
    }
    return { chat, conversationId, shown }
  })
}

const momentOf = (date: string | undefined): Moment | undefined =>
  date === undefined ? undefined : { at: Date.parse(date) }

function linesOf(sandbox: Sandbox, customer: Customer, sessions: KnownSession[]): LineView[] {
  const failures = sandbox.botpress.plugin.failures.filter((failure) =>
    sessions.some(({ conversationId }) => conversationId === failure.conversationId),
  )
  const forOwner = [...failures, ...customer.refusals].map(({ at, message }, index): LineView => {
    return { id: `owner-${at}-${index}`, at, who: 'owner', text: message, choices: [] }
  })
  const lines = [...customer.messages().map((message) => lineView(sandbox, message)), ...forOwner]
  return lines.sort((a, b) => a.at - b.at)
}

const text = z.optional(z.string())
const payloads = z.object({
  imageUrl: text,
  audioUrl: text,
  videoUrl: text,
  fileUrl: text,
  title: text,
  options: z.optional(z.array(z.object({ value: z.string() }))),
})

function lineView(sandbox: Sandbox, message: ChatMessage): LineView {
  const { id, at, who, name, type } = message
  const { imageUrl, audioUrl, videoUrl, fileUrl, title = type, options = [] } = payloads.parse(message.payload)
  const url = imageUrl ?? audioUrl ?? videoUrl ?? fileUrl
  const file = url === undefined ? undefined : fileView(sandbox, { url, name: title, isImage: type === 'image' })
  return {
    id,
    at,
    // The plugin's own lines come as the bot's: no channel tells them apart.
    who: who === 'system' ? 'bot' : who,
    name,
    text: message.text ?? (file ? undefined : `(${type})`),
    file,
    choices: options.map(({ value }) => value),
  }
}

const connected = z.object({
  accounts: z.record(z.string(), z.object({ name: z.string(), type: z.string() })),
})

/** The inboxes in the integration's state; empty until an account is connected. */
export function connectedInboxes({ states }: Pick<Botpress, 'states'>): InboxView[] {
  const { data } = connected.safeParse(states.find(({ name }) => name === 'channel')?.payload)
  return Object.entries(data?.accounts ?? {}).map(([id, { name, type }]) => ({
    id,
    name,
    isHelpDesk: type === 'HELP_DESK',
  }))
}
