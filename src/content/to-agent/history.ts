import * as z from 'zod/mini'
import type { ChatMessage } from './message'

type Source = { type: 'user'; userId: string } | { type: 'bot' }

export type HistoryEntry = ChatMessage & { source: Source }

/**
 * An entry of a conversation's history, which the HITL plugin passes on unchecked: any type, any payload, with or without
 * a source. What cannot be read is named by its type. Never throws.
 */
export function readEntry(entry: unknown): HistoryEntry {
  const { source, ...message } = entrySchema.parse(entry)
  return { ...readMessage(message), source }
}

function readMessage({ type, payload }: { type: string; payload: unknown }): ChatMessage {
  const message = messageSchema.safeParse({ type, payload })
  if (message.success) return message.data
  const text = withText.safeParse(payload)
  return { type: 'text', payload: { text: text.success ? text.data.text : `[a message of type ${type}]` } }
}

/** `fallback` stands for whatever is absent or of another kind. */
const or = <T extends z.ZodMiniType>(schema: T, fallback: z.output<T>) => z.catch(schema, fallback)

const entrySchema = or(
  z.object({
    type: or(z.string().check(z.minLength(1)), 'unknown'),
    payload: or(z.unknown(), {}),
    source: or(
      z.union([z.object({ type: z.literal('user'), userId: z.string() }), z.object({ type: z.literal('bot') })]),
      { type: 'bot' },
    ),
  }),
  { type: 'unknown', payload: {}, source: { type: 'bot' } },
)

const withText = z.object({ text: z.string().check(z.minLength(1)) })
const words = or(z.optional(z.string()), undefined)

const card = z.object({
  title: or(z.string(), ''),
  subtitle: words,
  imageUrl: words,
  actions: or(
    z.array(z.object({ action: or(z.string(), ''), label: or(z.string(), ''), value: or(z.string(), '') })),
    [],
  ),
})

const choice = z.object({
  text: or(z.string(), ''),
  options: or(z.array(or(z.object({ label: or(z.string(), '') }), { label: '' })), []),
})

const place = z.object({ latitude: z.number(), longitude: z.number(), address: words, title: words })

const single = [
  z.object({ type: z.literal('text'), payload: z.object({ text: z.string() }) }),
  z.object({ type: z.literal('markdown'), payload: z.object({ markdown: z.string() }) }),
  z.object({ type: z.literal('image'), payload: z.object({ imageUrl: z.string(), title: words }) }),
  z.object({ type: z.literal('audio'), payload: z.object({ audioUrl: z.string(), title: words }) }),
  z.object({ type: z.literal('video'), payload: z.object({ videoUrl: z.string(), title: words }) }),
  z.object({ type: z.literal('file'), payload: z.object({ fileUrl: z.string(), title: words }) }),
  z.object({ type: z.literal('location'), payload: place }),
] as const

const messageSchema = z.union([
  ...single,
  z.object({ type: z.literal('card'), payload: card }),
  z.object({ type: z.literal('carousel'), payload: z.object({ items: z.array(card) }) }),
  z.object({ type: z.enum(['choice', 'dropdown']), payload: choice }),
  z.object({
    type: z.literal('bloc'),
    payload: z.object({ items: z.array(z.union([...single])) }),
  }),
])
