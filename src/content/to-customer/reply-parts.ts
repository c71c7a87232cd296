import { typeOfName } from '../file-type'
import { htmlToMarkdown, textToMarkdown } from './html-to-markdown'
import type { Picture } from './read-html'

/** A file of an agent; without a link it opens only inside HubSpot. */
type AgentFile = { name: string; url: string | undefined; usageType: string | undefined }

/** What becomes one Botpress message to the customer. */
export type ReplyPart =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }

/** `lines` stand below the words. */
type Reply = { text: string; richText: string; lines: readonly string[] }

/**
 * The words of an agent's reply as markdown, and the pictures among them. HubSpot's rich text without tags has lost the
 * line breaks, which the text has.
 */
export function readReply({ text, richText, lines }: Reply): (string | Picture)[] {
  const laidOut = /<[a-z]/i.test(richText) || text.trim() === '' ? htmlToMarkdown(richText) : []
  return [...(laidOut.length > 0 ? laidOut : textToMarkdown(text)), ...textToMarkdown(lines.join('\n'))]
}

/** Plain words as one line of markdown. */
export function lineOf(words: string): string {
  const [line] = textToMarkdown(words.replaceAll(/\s+/g, ' '))
  return typeof line === 'string' ? line : ''
}

export const textPart = (text: string): ReplyPart => ({ type: 'text', payload: { text } })

export function filePart({ name, url, usageType }: AgentFile): ReplyPart {
  if (url === undefined) {
    return textPart(lineOf(`${name} (this file could not be sent; please ask for it again)`))
  }
  switch (kindOf(name, usageType)) {
    case 'image':
      return { type: 'image', payload: { imageUrl: url, title: name } }
    case 'audio':
      return { type: 'audio', payload: { audioUrl: url, title: name } }
    case 'video':
      return { type: 'video', payload: { videoUrl: url, title: name } }
    default:
      return { type: 'file', payload: { fileUrl: url, title: name } }
  }
}

/** HubSpot identifies pictures and sound, in messages and in its file store; other files are known by their extension. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ...['IMAGE', 'IMG', 'STICKER'].map((type) => [type, 'image'] as const),
  ...['AUDIO', 'VOICE_RECORDING'].map((type) => [type, 'audio'] as const),
  ['MOVIE', 'video'],
])

const kindOf = (name: string, usageType = ''): string | undefined =>
  KINDS.get(usageType) ?? typeOfName(name)?.split('/')[0]
