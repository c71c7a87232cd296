import * as z from 'zod/mini'
import type { Sandbox } from '../../assemble'
import type { Botpress, Customer } from '../../botpress'
import type { ChatMessage } from '../../botpress/hitl/upstream'
import type { ChatView, InboxView, LineView, SessionView } from '../view'
import { fileView, isHere, linkedFileView } from './file-view'

/** The customers' side. */
export function chatsView(sandbox: Sandbox): ChatView[] {
  const sessions = sessionsByChat(sandbox.botpress)
  return sandbox.botpress.chat.customers.map((customer, id) => {
    const own = sessions.get(customer.conversationId) ?? []
    return {
      id,
      name: customer.name,
      lines: linesOf(sandbox, customer, own),
      sessions: own.map(({ conversationId: _, ...session }) => session),
    }
  })
}

type KnownSession = SessionView & { conversationId: string }

/** How far each session has come, as Botpress knows it, which is the same for a real account. */
function sessionsByChat({ plugin, conversations, events, messages, users }: Botpress): Map<string, KnownSession[]> {
  const [known, told, written] = [conversations, events, messages]
  const sessions = plugin.sessions.map(
    ({ downstreamConversationId, upstreamConversationId, isActive, agentUserId }) => {
      const conversation = known.find(({ id }) => id === downstreamConversationId)
      const first = (type: string) =>
        told.find((event) => event.type === type && event.payload['conversationId'] === downstreamConversationId)
      const reply = written.find(
        (message) => message.conversationId === downstreamConversationId && message.direction === 'incoming',
      )
      const end = first('hitlStopped')?.createdAt ?? conversation?.updatedAt
      const session: KnownSession = {
        conversationId: downstreamConversationId,
        threadId: conversation?.tags['id'] ?? '',
        agent: users.find(({ id }) => id === agentUserId)?.name,
        asked: timeOf(conversation?.createdAt) ?? 0,
        joined: timeOf(first('hitlAssigned')?.createdAt),
        answered: timeOf(reply?.createdAt),
        closed: isActive ? undefined : timeOf(end),
      }
      return [upstreamConversationId, session] as const
    },
  )
  return sessions.reduce(
    (byChat, [chat, session]) => byChat.set(chat, [...(byChat.get(chat) ?? []), session]),
    new Map<string, KnownSession[]>(),
  )
}

const timeOf = (date: string | undefined): number | undefined => (date === undefined ? undefined : Date.parse(date))

function linesOf(sandbox: Sandbox, customer: Customer, sessions: KnownSession[]): LineView[] {
  const isOwn = (id: string) => sessions.some(({ conversationId }) => conversationId === id)
  const failures = sandbox.botpress.plugin.failures.filter(({ conversationId }) => isOwn(conversationId))
  const forOwner = [...failures, ...customer.refusals].map(({ at, message }, index): LineView => {
    return { id: `owner-${at}-${index}`, at, who: 'owner', text: message, choices: [] }
  })
  const lines = [...customer.messages().map((message) => lineView(sandbox, message)), ...forOwner]
  return lines.sort((a, b) => a.at - b.at)
}

const choicePayload = z.object({ options: z.array(z.object({ value: z.string() })) })

function lineView(sandbox: Sandbox, { id, at, who, name, text, type, payload }: ChatMessage): LineView {
  const choices = choicePayload.safeParse(payload)
  const file = fileOf(sandbox, type, payload)
  return {
    id,
    at,
    // The plugin's own lines come as the bot's: no channel tells them apart.
    who: who === 'system' ? 'bot' : who,
    name,
    text: text ?? (file ? undefined : `(${type})`),
    file,
    choices: choices.success ? choices.data.options.map(({ value }) => value) : [],
  }
}

const filePayload = z.object({
  imageUrl: z.optional(z.string()),
  audioUrl: z.optional(z.string()),
  videoUrl: z.optional(z.string()),
  fileUrl: z.optional(z.string()),
  title: z.optional(z.string()),
})

function fileOf(sandbox: Sandbox, type: string, payload: unknown) {
  const { imageUrl, audioUrl, videoUrl, fileUrl, title } = filePayload.parse(payload)
  const url = imageUrl ?? audioUrl ?? videoUrl ?? fileUrl
  if (url === undefined) return undefined
  const view = isHere(sandbox, url) ? fileView : linkedFileView
  return view({ url, name: title ?? type, isImage: type === 'image' })
}

const connected = z.object({
  accounts: z.record(z.string(), z.object({ name: z.string(), type: z.string() })),
})

/** The inboxes in the integration's state; empty until an account is connected. */
export function connectedInboxes({ states }: Pick<Botpress, 'states'>): InboxView[] {
  const channel = connected.safeParse(states.find(({ name }) => name === 'channel')?.payload)
  if (!channel.success) return []
  return Object.entries(channel.data.accounts).map(([id, { name, type }]) => ({
    id,
    name,
    isHelpDesk: type === 'HELP_DESK',
  }))
}
