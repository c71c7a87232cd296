import { escapeHtml, visible } from '../text'
import { oneLine, shortened, splitText } from './split'
import { read, said, wordsOf, type ChatMessage } from './thread-parts'
import { plain, renderLines, type Words } from './write-markdown'

/** What one note holds at most, in UTF-16 units; far below what HubSpot's editor shows well. */
const LONGEST_NOTE = 10_000
const MOST_NOTES = 8
/** What the heading leaves. */
const ROOM = LONGEST_NOTE - 120
/** What a speaker's name leaves. */
const LONGEST_LINE = ROOM - 200
const LONGEST_WORDS = 10_000
/** Begins each further line of a message, so that none of them looks like a speaker's. */
export const CONTINUED = '│ '

/** `writer` is undefined for the bot. */
type Entry = ChatMessage & { writer: string | undefined }
/** What a speaker says in one note; `size` is its length as text. */
type Piece = { entry: number; speaker: string; name: string; lines: Words[]; size: number }

/**
 * The conversation so far as a few notes for the agent, oldest first; none when nothing was said. If there are too many,
 * the newest entries are kept, and the first note says how many are left out.
 */
export function transcriptNotes(given: readonly unknown[], customer: { userId: string; name: string }): Words[] {
  const history = given.map(entryOf).filter((entry) => !isOfPlugin(entry))
  // A group chat has other members, whose names we are not given: they are numbered, with the customer as the first.
  const people = [...new Set([customer.userId, ...history.flatMap(({ writer }) => writer ?? [])])]
  const names = new Map(people.map((userId, index) => [userId, `Person ${index + 1}`]))
  names.set(customer.userId, nameOf(customer.name))
  const pieces = history.flatMap((entry, index) =>
    piecesOf(index, names.get(entry.writer ?? '') ?? 'Bot', linesIn(entry)),
  )
  const notes: Piece[][] = []
  let room = 0
  for (let piece = pieces.pop(); piece && (piece.size <= room || notes.length < MOST_NOTES); piece = pieces.pop()) {
    if (piece.size > room) {
      notes.unshift([])
      room = ROOM
    }
    notes[0]?.unshift(piece)
    room -= piece.size
  }
  return notes.map((note, index) => written(heading(index + 1, notes), note))
}

function entryOf(given: unknown): Entry {
  const { type, payload, source } = read(given)
  const { type: kind, userId } = read(source)
  return { type, payload, writer: kind === 'user' ? userId : undefined }
}

/** The plugin's lines to the customer, in its default wording, and commands to it. */
const BY_PLUGIN =
  /^(?:I have escalated this conversation to a human agent\.|A human agent has joined the conversation\.|The human agent closed the conversation\.|You have ended the session with the human agent\.|No human agent is available at the moment\.|Sorry, I can only handle one of the following message types:|Something went wrong, you are not connected to a human agent)/
const COMMAND = /^\s*\/[a-z][\w-]*\s*$/i

const isOfPlugin = ({ type, payload, writer }: Entry): boolean =>
  type === 'text' && (writer === undefined ? BY_PLUGIN : COMMAND).test(read(payload).text ?? '')

/** A name that could be taken for another speaker's, also in letters that look alike, is marked as the customer's. */
function nameOf(given: string): string {
  const name = oneLine(given) || 'Customer'
  const isMisleading = /^[^\p{L}]*(?:[bвβ][oоο0][tтτ]|[pрρ][eе]r[sѕ][oоο]n)(?!\p{L})/iu.test(
    name.normalize('NFKD').replace(/\p{M}/gu, ''),
  )
  return isMisleading ? `Customer "${name}"` : name
}

/** Bots format their texts too, as webchat shows them. Empty lines are left out: they would part speakers. */
function linesIn(entry: Entry): Words[] {
  const lines = said(entry).flatMap((part) => {
    const words = shortened(visible(wordsOf(part)), LONGEST_WORDS)
    const isMarkdown = part.type === 'words' && (part.isMarkdown || entry.writer === undefined)
    return renderLines(words, isMarkdown)
  })
  const shown = lines.filter(({ text }) => text.trim() !== '')
  return shown.length === 0 ? [plain('(empty message)')] : shown.flatMap(inShortLines)
}

const inShortLines = (line: Words): Words[] =>
  line.text.length <= LONGEST_LINE ? [line] : splitText(line.text, LONGEST_LINE).map(plain)

/** An entry is in one piece unless it is longer than a note. */
function piecesOf(entry: number, speaker: string, lines: readonly Words[]): Piece[] {
  const pieces: Piece[] = []
  for (const line of lines) {
    const size = CONTINUED.length + line.text.length + 1
    const last = pieces.at(-1)
    const name = last ? `${speaker} (continued)` : speaker
    if (!last || last.size + size > ROOM)
      pieces.push({ entry, speaker, name, lines: [line], size: size + name.length + 2 })
    else {
      last.lines.push(line)
      last.size += size
    }
  }
  return pieces
}

function heading(number: number, notes: readonly (readonly Piece[])[]): string {
  if (notes.length === 1) return 'Conversation so far:'
  const leftOut = (number === 1 && notes[0]?.[0]?.entry) || 0
  const oldest = leftOut === 1 ? 'oldest message is' : `${leftOut} oldest messages are`
  return `Conversation so far (part ${number} of ${notes.length}${leftOut > 0 ? `; the ${oldest} left out` : ''}):`
}

/** One line an entry, and an empty one where the speaker changes. */
function written(title: string, pieces: readonly Piece[]): Words {
  const note = { text: title, richText: `<p>${title}` }
  let before = ''
  for (const { speaker, name, lines } of pieces) {
    const isSame = speaker === before
    note.text += `${isSame ? '\n' : '\n\n'}${name}: ${lines.map(({ text }) => text).join(`\n${CONTINUED}`)}`
    note.richText += `${isSame ? '<br>' : '</p><p>'}<strong>${escapeHtml(name)}:</strong> `
    note.richText += lines.map(({ richText }) => richText).join(`<br>${CONTINUED}`)
    before = speaker
  }
  return { ...note, richText: `${note.richText}</p>` }
}
