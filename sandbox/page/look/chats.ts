import * as z from 'zod/mini'
import type { Sandbox } from '../../assemble'
import type { Botpress, Customer } from '../../botpress'
import type { ChatMessage } from '../../botpress/hitl/upstream'
import type { ChatView, LineView } from '../view'
import { fileView, isHere, linkedFileView } from './file-view'

/** The customers' side. */
export const chatsView = (sandbox: Sandbox): ChatView[] =>
  sandbox.botpress.chat.customers.map((customer, id) => chatView(sandbox, customer, id))

function chatView(sandbox: Sandbox, customer: Customer, id: number): ChatView {
  const { users, plugin } = sandbox.botpress
  const sessions = plugin.sessions.filter((session) => session.upstreamConversationId === customer.conversationId)
  const active = sessions.find(({ isActive }) => isActive)
  const told = plugin.failures.filter(({ conversationId }) =>
    sessions.some((session) => session.downstreamConversationId === conversationId),
  )
  const lines = [...customer.messages().map((message) => lineView(sandbox, message)), ...told.map(failureLine)]
  return {
    id,
    name: customer.name,
    agent: active && users.find((user) => user.id === active.agentUserId)?.name,
    isWithPerson: active !== undefined,
    lines: lines.sort((a, b) => a.at - b.at),
  }
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

function failureLine({ message, at }: Botpress['plugin']['failures'][number], index: number): LineView {
  return { id: `failure-${at}-${index}`, at, who: 'owner', text: message, choices: [] }
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
