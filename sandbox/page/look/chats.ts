import * as z from 'zod/mini'
import type { Botpress, Customer } from '../../botpress'
import type { ChatMessage } from '../../botpress/hitl/upstream'
import type { ChatView, LineView } from '../view'
import { fileView } from './file-view'

/** The customers' side. */
export const chatsView = (botpress: Botpress): ChatView[] =>
  botpress.chat.customers.map((customer, id) => chatView(botpress, customer, id))

function chatView(botpress: Botpress, customer: Customer, id: number): ChatView {
  const { users, plugin } = botpress
  const sessions = plugin.sessions.filter((session) => session.upstreamConversationId === customer.conversationId)
  const active = sessions.find(({ isActive }) => isActive)
  const told = plugin.failures.filter(({ conversationId }) =>
    sessions.some((session) => session.downstreamConversationId === conversationId),
  )
  const lines = [...customer.messages().map(lineView), ...told.map(failureLine)]
  return {
    id,
    name: customer.name,
    agent: active && users.find((user) => user.id === active.agentUserId)?.name,
    isWithPerson: active !== undefined,
    lines: lines.sort((a, b) => a.at - b.at),
  }
}

const choicePayload = z.object({ options: z.array(z.object({ value: z.string() })) })

function lineView({ id, at, who, name, text, type, payload }: ChatMessage): LineView {
  const choices = choicePayload.safeParse(payload)
  const file = fileOf(type, payload)
  return {
    id,
    at,
    who,
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

function fileOf(type: string, payload: unknown) {
  const { imageUrl, audioUrl, videoUrl, fileUrl, title } = filePayload.parse(payload)
  const url = imageUrl ?? audioUrl ?? videoUrl ?? fileUrl
  return url === undefined ? undefined : fileView({ url, name: title ?? type, isImage: type === 'image' })
}
