import * as z from 'zod/mini'
import { mapLink } from '../../hubspot/attachment'
import { safeLink } from '../link'
import { oneLine, splitText } from './split'
import { render } from './write-markdown'

/** What customers, bots and histories hold. The HITL plugin passes on any payload, so each is read leniently. */
export type ChatMessage = { type: string; payload: unknown }

/** What becomes one message of the HubSpot thread. */
export type ThreadPart = { type: 'words'; text: string; richText?: string } | Place | ({ type: 'media' } & Media)

export type Media = { kind: 'image' | 'audio' | 'video' | 'file'; url: string; title: string | undefined }
type Place = { type: 'place'; latitude: number; longitude: number } & Record<'name' | 'address', string | undefined>
type Said = { type: 'words'; text: string; isMarkdown: boolean } | Exclude<ThreadPart, { type: 'words' }>

/** How much one message in HubSpot holds well, in UTF-16 units. */
const LONGEST_TEXT = 10_000

/**
 * What a customer or bot sent, in order, cut to what HubSpot takes. The same message always has the same parts: a part's
 * number is part of its idempotency id.
 */
export const threadPartsOf = (message: ChatMessage): ThreadPart[] =>
  fewer(said(message)).flatMap((part): ThreadPart | ThreadPart[] => {
    if (part.type !== 'words') return part
    const pieces = splitText(part.text, LONGEST_TEXT)
    return pieces.map((text) => ({ type: 'words', ...(part.isMarkdown ? render(text) : { text }) }))
  })

/** A bloc of thousands would use up HubSpot's limit of calls: what exceeds this limit is one text. */
const MOST_PARTS = 50

function fewer(parts: Said[]): Said[] {
  const rest = parts.splice(MOST_PARTS)
  return rest.length === 0 ? parts : [...parts, { type: 'words', text: asLines(rest), isMarkdown: false }]
}

/** A message of any kind as text; markdown as it was written. */
export const asText = (message: ChatMessage): string => asLines(said(message))

const asLines = (parts: readonly Said[]): string => parts.map(wordsOf).join('\n\n')

export function wordsOf(part: Said): string {
  switch (part.type) {
    case 'words':
      return part.text
    case 'media':
      return lines(mediaLabel(part), safeLink(part.url) ?? oneLine(part.url))
    case 'place': {
      const { name, address, latitude, longitude } = part
      return lines(name ? `Location: ${name}` : 'Location', address, mapLink(`${latitude},${longitude}`))
    }
  }
}

const LABELS: Record<Media['kind'], string> = { image: 'Picture', audio: 'Audio', video: 'Video', file: 'File' }

export const mediaLabel = ({ kind, title }: Pick<Media, 'kind' | 'title'>): string =>
  title ? `${LABELS[kind]}: ${title}` : LABELS[kind]

const word = z.catch(z.optional(z.string()), undefined)
const number = z.catch(z.optional(z.number()), undefined)
const list = z.catch(z.array(z.unknown()), [])
const entry = {
  type: z.catch(z.string(), 'unknown'),
  payload: z.optional(z.unknown()),
  source: z.optional(z.unknown()),
}
const media = { imageUrl: word, audioUrl: word, videoUrl: word, fileUrl: word }
const place = { latitude: number, longitude: number, address: word }
const button = { action: word, label: word, value: word }
const shown = { title: word, subtitle: word, text: word, markdown: word, options: list, actions: list, items: list }
/** The fields of entries, of all payloads, and of what is in them. */
const fields = z.object({ ...entry, ...media, ...place, ...button, ...shown, userId: word })
const reader = z.catch(fields, fields.parse({}))

export const read = (given: unknown): z.output<typeof fields> => reader.parse(given)

/** What a message says, part by part. What cannot be read is named by its type. Never throws. */
export function said({ type, payload }: ChatMessage, isInBloc = false): Said[] {
  const given = read(payload)
  const { latitude, longitude, title, address, text, markdown } = given
  const items = given.items.map(read)
  if (type === 'bloc' && !isInBloc) return items.flatMap((item) => said({ ...item, payload: item.payload }, true))
  const kind = (['image', 'audio', 'video', 'file'] as const).find((each) => each === type)
  const url = kind && given[`${kind}Url`]
  if (kind && url !== undefined) return [{ type: 'media', kind, url, title }]
  if (type === 'location' && latitude !== undefined && longitude !== undefined)
    return [{ type: 'place', latitude, longitude, name: title, address }]
  if (type === 'markdown' && markdown !== undefined) return [{ type: 'words', text: markdown, isMarkdown: true }]
  const words = [given, ...items].map(card).filter(Boolean).join('\n\n')
  const isReadable = words !== '' || (type === 'text' && text === '')
  return [{ type: 'words', text: isReadable ? words : `[a message of type ${type}]`, isMarkdown: false }]
}

/** Buttons are on one line. The address of a picture would say nothing to a reader. */
function card({ title, subtitle, text, options, actions }: z.output<typeof fields>): string {
  const buttons = [...options, ...actions].map(read).filter(({ label }) => label)
  const labels = buttons.map(
    ({ action, label, value }) => `[${action === 'url' && value ? `${label}: ${value}` : label}]`,
  )
  return lines(title, subtitle, text, labels.join(' '))
}

const lines = (...given: (string | undefined)[]): string => given.filter(Boolean).join('\n')
