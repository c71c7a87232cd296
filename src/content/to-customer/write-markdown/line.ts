import { firstCharacter, isSpace, isWordCharacter, lastCharacter } from '../../character'
import { asDestination } from '../../link'
import { around, escapeText } from './escape'
import type { Span } from './span'

type Mark = 'bold' | 'strike' | 'italic' | 'link'

const MARKS: readonly Mark[] = ['bold', 'strike', 'italic', 'link']
const SIGNS = { bold: '**', strike: '~~', italic: '_' } as const

/** One line of words as markdown. Formatting that markdown cannot express in its place is left out; words never are. */
export function renderLine(line: readonly Span[], risky: ReadonlySet<string>): string {
  const leaves = line.map((span, index) => ({
    span,
    markdown: span.raw ? span.text : span.code ? code(span.text) : escapeText(span, around(line, index), risky),
  }))
  return render(leaves, { before: '', after: '', open: [] })
}

type Leaf = { span: Span; markdown: string }
type Context = { before: string; after: string; open: readonly Mark[] }

/** Marks nest as deep as there are kinds of them, so the recursion is shallow whatever the page holds. */
function render(leaves: readonly Leaf[], { before, after, open }: Context): string {
  const out: string[] = []
  let last = before
  for (let from = 0; from < leaves.length;) {
    const { mark, to } = longestMark(leaves, from, open)
    const next = leaves[to] === undefined ? after : firstCharacter(leaves[to].markdown)
    const written =
      mark === undefined
        ? (leaves[from]?.markdown ?? '')
        : wrapped(mark, leaves.slice(from, to), { before: last, after: next, open: [...open, mark] })
    // An exclamation mark before a link would make a picture of it.
    if (last === '!' && written.startsWith('[') && out.length > 0) out.push(String(out.pop()).replace(/!$/, '\\!'))
    out.push(written)
    if (written !== '') last = lastCharacter(written)
    from = to
  }
  return out.join('')
}

/** The mark that spans the most is the outermost. */
function longestMark(leaves: readonly Leaf[], from: number, open: readonly Mark[]) {
  const here = leaves[from]?.span
  let longest: { mark: Mark | undefined; to: number } = { mark: undefined, to: from + 1 }
  for (const mark of MARKS) {
    if (!here?.[mark] || open.includes(mark)) continue
    let to = from + 1
    while (to < leaves.length && leaves[to]?.span[mark] === here[mark]) to++
    if (longest.mark === undefined || to > longest.to) longest = { mark, to }
  }
  return longest
}

function wrapped(mark: Mark, leaves: readonly Leaf[], context: Context): string {
  const inner = render(leaves, context)
  const core = inner.trim()
  if (core === '') return inner
  const lead = inner.slice(0, inner.length - inner.trimStart().length)
  const trail = inner.slice(inner.trimEnd().length)
  if (mark === 'link') return `${lead}[${core}](${asDestination(leaves[0]?.span.link ?? '')})${trail}`
  const before = lead === '' ? context.before : ' '
  const after = trail === '' ? context.after : ' '
  const isRead = isReadAsMark(mark, before, firstCharacter(core)) && isReadAsMark(mark, after, lastCharacter(core))
  return isRead ? `${lead}${SIGNS[mark]}${core}${SIGNS[mark]}${trail}` : inner
}

/** CommonMark's rule for both ends of emphasis: punctuation inside needs a space or punctuation outside. */
function isReadAsMark(mark: keyof typeof SIGNS, outer: string, inner: string): boolean {
  if (isSpace(outer)) return true
  // Signs that touch would be read as one.
  if (SIGNS[mark].startsWith(outer)) return false
  if (mark === 'italic') return !isWordCharacter(outer) && /^\p{P}$/u.test(outer)
  return isWordCharacter(inner) || /^\p{P}$/u.test(outer)
}

function code(text: string): string {
  const words = text.trim()
  if (words === '') return text
  const runs = new Set([...words.matchAll(/`+/g)].map(([run]) => run.length))
  let length = 1
  while (runs.has(length)) length++
  const fence = '`'.repeat(length)
  const pad = words.startsWith('`') || words.endsWith('`') ? ' ' : ''
  const lead = text.startsWith(' ') ? ' ' : ''
  return `${lead}${fence}${pad}${words}${pad}${fence}${text.endsWith(' ') ? ' ' : ''}`
}
