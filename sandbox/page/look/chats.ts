import { Marked } from 'marked'
import * as z from 'zod/mini'
import type { Sandbox } from '../../assemble'
import type { Botpress } from '../../botpress'
import type { ChatMessage } from '../../botpress/hitl/upstream'
import type { ChatView, InboxView, ItemView, Moment, SessionView } from '../view'
import { fileView } from './file-view'

/** The customers' side. */
export function chatsView(sandbox: Sandbox): ChatView[] {
  const sessions = sessionsOf(sandbox.botpress)
  return sandbox.botpress.chat.customers.map((customer, id) => {
    const { name, refusals } = customer
    const messages = customer.messages()
    const own = sessions.filter(({ chat }) => chat === customer.conversationId)
    const failures = sandbox.botpress.plugin.failures.filter((failure) =>
      own.some(({ conversationId }) => conversationId === failure.conversationId),
    )
    const lines = [
      ...messages.map((message) => lineView(sandbox, message)),
      ...[...failures, ...refusals].map((error, index) => noteView(error, index)),
    ].sort((a, b) => a.at - b.at)
    const choices = payloads.parse(messages.at(-1)?.payload ?? {}).options ?? []
    return {
      id,
      at: lines[0]?.at ?? 0,
      name,
      lines,
      choices: choices.map(({ value }) => value),
      sessions: own.map(({ shown }) => shown),
    }
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

/** An error for the bot's owner. */
const noteView = ({ at, message: text }: { at: number; message: string }, index: number): ItemView => {
  return {
    id: `owner-${at}-${index}`,
    at,
    kind: 'note',
    name: "Only the bot's owner sees this, in the log",
    text,
    files: [],
  }
}

/** Webchat shows HTML in Markdown as it is written. */
const markdown = new Marked({ breaks: true, renderer: { html: ({ text }) => text.replaceAll('<', '&lt;') } })

const words = z.optional(z.string())
const payloads = z.object({
  imageUrl: words,
  audioUrl: words,
  videoUrl: words,
  fileUrl: words,
  title: words,
  options: z.optional(z.array(z.object({ value: z.string() }))),
})

function lineView(sandbox: Sandbox, message: ChatMessage): ItemView {
  const { id, at, who, name = 'Bot', type } = message
  const { imageUrl, audioUrl, videoUrl, fileUrl, title = type } = payloads.parse(message.payload)
  const url = imageUrl ?? audioUrl ?? videoUrl ?? fileUrl
  const files = url === undefined ? [] : [fileView(sandbox, { url, name: title, isImage: type === 'image' })]
  const text = message.text ?? (files.length > 0 ? '' : `(${type})`)
  const html = who === 'customer' ? undefined : markdown.parse(text, { async: false })
  // The plugin's own lines come as the bot's: no channel tells them apart.
  return { id, at, kind: who === 'system' ? 'bot' : who, name, text, html, files }
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
