import { typeOfName } from '../file-type'
import { htmlToMarkdown, textToMarkdown } from './html-to-markdown'
import type { Picture } from './read-html'

type FileKind = 'image' | 'audio' | 'video' | 'file'

/** What becomes one Botpress message to the customer. */
export type ReplyPart =
  | { type: 'text'; payload: { text: string } }
  | { type: FileKind; payload: { [key in `${FileKind}Url`]?: string } & { title?: string } }

type Reply = { text: string; richText: string; lines: readonly string[] }

/**
 * The words of an agent's reply as markdown, and the pictures among them. HubSpot's rich text without tags has lost the
 * line breaks, which the text has. The lines come below the words.
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

/** A file without a link opens only inside HubSpot. */
export function filePart(file: { name: string; url: string | undefined; usageType: string | undefined }): ReplyPart {
  const { name, url, usageType } = file
  if (url === undefined) {
    return textPart(lineOf(`${name} (this file could not be sent; please ask for it again)`))
  }
  const kind = kindOf(name, usageType)
  return { type: kind, payload: { [`${kind}Url`]: url, title: name } }
}

/** HubSpot identifies pictures and sound, in messages and in its file store; other files are known by their extension. */
const KINDS: ReadonlyMap<string | undefined, FileKind> = new Map([
  ['IMAGE', 'image'],
  ['IMG', 'image'],
  ['STICKER', 'image'],
  ['AUDIO', 'audio'],
  ['VOICE_RECORDING', 'audio'],
  ['MOVIE', 'video'],
])

const kindOf = (name: string, usageType: string | undefined): FileKind =>
  KINDS.get(usageType) ?? [...KINDS.values()].find((kind) => typeOfName(name)?.startsWith(`${kind}/`)) ?? 'file'
