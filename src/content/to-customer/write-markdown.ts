import { namesItself } from '../link'
import type { Link } from '../span'
import { flow, type Part } from './flow'
import type { Block, Node } from './read-html'
import { paragraph } from './write-paragraph'

/** `heading` is the level of the heading around, 0 for none. */
type Context = { written: Set<Link>; heading: number; isItem: boolean }

/** A page as markdown that also reads well as plain text. A link's address is written once. */
export const writeMarkdown = (page: Block): string =>
  blocks(page.children, { written: new Set(), heading: 0, isItem: false }).join('\n')

function blocks(nodes: readonly Node[], context: Context): string[] {
  const out: string[] = []
  let before: { kind: Part['kind']; sign: string } | undefined
  for (const part of flow(nodes)) {
    const sign = part.kind === 'list' ? signOf(part, before?.sign) : ''
    const lines = linesOf(part, sign, context)
    if (lines.length === 0) continue
    // Right below a line of words, only a list that begins with 1 is read as one.
    const isClose = context.isItem && before?.kind === 'paragraph' && sign !== '' && /^(?:\D|1\D)/.test(lines[0] ?? '')
    if (before && !isClose) out.push('')
    for (const line of lines) out.push(line)
    before = { kind: part.kind, sign }
  }
  return out
}

/** Two lists in a row would merge if they had the same sign. */
const signOf = ({ isOrdered }: Block, before: string | undefined): string =>
  isOrdered ? (before === '.' ? ')' : '.') : before === '-' ? '+' : '-'

function linesOf(part: Part, sign: string, context: Context): string[] {
  switch (part.kind) {
    case 'paragraph':
      return words(paragraph(part.lines, context.written), context.heading)
    case 'heading':
      return blocks(part.children, { ...context, heading: part.number, isItem: false })
    case 'quote':
      return blocks(part.children, { ...context, isItem: false }).map((line) => (line === '' ? '>' : `> ${line}`))
    case 'list':
      return part.children.flatMap((item, index) => {
        const lines = 'children' in item ? blocks(item.children, { ...context, isItem: true }) : []
        return listItem(lines, part.isOrdered ? `${Math.min(part.number + index, 999_999_999)}${sign} ` : `${sign} `)
      })
    case 'code':
      return code(part.children, context.written)
    case 'rule':
      return ['---']
    default:
      return blocks(part.children, context)
  }
}

/** Hyphens after a list's hyphen would be read as one rule. */
const listItem = (lines: readonly string[], marker: string): string[] =>
  lines.map((line, index) =>
    index === 0 ? marker + (line === '---' ? '***' : line) : line && ' '.repeat(marker.length) + line,
  )

/** Two spaces at its end make a line break that plain text does not show. A heading has one line. */
function words(lines: readonly string[], heading: number): string[] {
  if (heading > 0 && lines.length > 0) {
    return [`${'#'.repeat(heading)} ${lines.join(' ').replace(/(^| )(#+)$/, String.raw`$1\$2`)}`]
  }
  return lines.map((line, index) => {
    const begun = escapeLineStart(line, index === 0)
    if (index === lines.length - 1) return begun
    // Where these spaces are lost, a backslash before them would be taken for the line break.
    return (/\\*$/.exec(begun)?.[0].length ?? 0) % 2 === 1 ? `${begun}\\  ` : `${begun}  `
  })
}

/**
 * A line whose beginning is not taken for a heading, a list, a quote, a rule or a table. After a list marker a
 * no-break space does that and leaves "1. May" readable, which would be renumbered as a list.
 */
function escapeLineStart(line: string, isFirst: boolean): string {
  if (/^(?:\*{3,}|_{3,})$/.test(line.replaceAll(' ', ''))) return line.replace(/[*_]/g, String.raw`\$&`)
  const isRule = /^[-:| ]{2,}$/.test(line) && line.includes('-')
  if (isRule || (!isFirst && /^=+$/.test(line)) || /^(?:#{1,6}(?: |$)|>)/.test(line)) return `\\${line}`
  return line
    .replace(/^(\d{1,9})?([.)]|[-+*])$/, String.raw`$1\$2`)
    .replace(/^(\d{1,9}[.)]|[-+*]|\[[ xX]\]) /, '$1\u00a0')
    .replace(/^(?:`{3,}(?=[^`]*$)|~{3,})/, (fence) => fence.replace(/./g, String.raw`\$&`))
}

/** Code cannot hold a link: it is written behind the words. */
function code(nodes: readonly Node[], written: Set<Link>): string[] {
  let text = ''
  let linked = ''
  for (const [index, node] of nodes.entries()) {
    if (node.kind === 'break' || (node.kind === 'gap' && !text.endsWith('\n'))) text += '\n'
    if (node.kind !== 'words') continue
    text += node.picture === undefined ? node.text : `${node.text} (${node.picture})`
    const { link } = node
    const next = nodes[index + 1]
    linked += link ? node.text : ''
    if (!link || (next?.kind === 'words' && next.link === link)) continue
    if (linked.trim() !== '' && !written.has(link) && !namesItself(linked, link.url)) text += ` (${link.url})`
    if (linked.trim() !== '') written.add(link)
    linked = ''
  }
  const lines = text.replace(/^\n/, '').replace(/\s+$/, '').split('\n')
  const longest = [...text.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  return text.trim() === '' ? [] : ['`'.repeat(longest + 1), ...lines, '`'.repeat(longest + 1)]
}
