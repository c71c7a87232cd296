import { asDestination } from '../../link'
import { writeAddresses } from './addresses'
import { escapeText, riskyDelimiters } from './escape'
import { renderLine } from './line'
import { PLAIN, type Span } from './span'

/** Two spaces at its end make a line break that plain text does not show. */
const LINE_BREAK = '  '
const NO_BREAK_SPACE = '\u00a0'

/** The lines of a paragraph; none when it holds nothing to read. */
export function paragraph(lines: readonly (readonly Span[])[]): string[] {
  const rendered = withoutDefinition(renderLines(lines))
  return rendered.map((line, index) => {
    const escaped = escapeLineStart(line, index === 0)
    return index === rendered.length - 1 ? escaped : withEscapedEnd(escaped) + LINE_BREAK
  })
}

/** Where the spaces behind it are lost, a backslash at the end would be taken for the line break. */
function withEscapedEnd(line: string): string {
  let backslashes = 0
  while (line.charAt(line.length - 1 - backslashes) === '\\') backslashes++
  return backslashes % 2 === 1 ? `${line}\\` : line
}

/** `[a]: b` at the start of a paragraph would define a link and not be shown. */
function withoutDefinition(lines: readonly string[]): readonly string[] {
  const [first = '', ...others] = lines
  return /^\[(?:[^\]\\]|\\[^]){0,999}\]:/.test(lines.join('\n')) ? [`\\${first}`, ...others] : lines
}

/** A heading has one line. */
export function heading(level: number, lines: readonly (readonly Span[])[]): string[] {
  const rendered = renderLines(lines)
  return rendered.length === 0 ? [] : [`${'#'.repeat(level)} ${escapeHeadingEnd(rendered.join(' '))}`]
}

export function codeBlock(code: string): string[] {
  const lines = code.replace(/^\n/, '').split('\n')
  while (lines.at(-1)?.trim() === '') lines.pop()
  if (lines.length === 0) return []
  const longest = [...code.matchAll(/`+/g)].reduce((most, [run]) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return [fence, ...lines, fence]
}

/** A picture in markdown; one without a description is called what it is. */
export function image(description: string, url: string): string {
  const text = description.replace(/\s+/g, ' ').trim() || 'image'
  const span: Span = { ...PLAIN, link: url, text, raw: false }
  return `![${escapeText(span, { before: '', after: '' }, riskyDelimiters([[span]]))}](${asDestination(url)})`
}

function renderLines(lines: readonly (readonly Span[])[]): string[] {
  const prepared = lines.map((line) => writeAddresses(line.map(withoutLinkedBracket)))
  const risky = riskyDelimiters(prepared)
  return prepared.map((line) => renderLine(line, risky).trim()).filter((line) => line !== '')
}

/** At the start of a paragraph, a link whose code holds `]:` would be read as a definition and not be shown. */
const withoutLinkedBracket = (span: Span): Span =>
  span.code && span.link !== undefined && span.text.includes(']') ? { ...span, code: false } : span

/**
 * A line whose beginning is not taken for a heading, a list, a quote, a rule or a table. After a list marker a
 * no-break space does that and leaves "1. May" readable, which would be renumbered as a list.
 */
function escapeLineStart(line: string, isFirst: boolean): string {
  if (/^(?:\*{3,}|_{3,})$/.test(line.replaceAll(' ', ''))) return line.replace(/[*_]/g, String.raw`\$&`)
  const isRule = /^[-:| ]{2,}$/.test(line) && line.includes('-')
  if (isRule || (!isFirst && /^=+$/.test(line)) || /^(?:#{1,6}(?: |$)|>)/.test(line)) return `\\${line}`
  return line
    .replace(/^(\d{1,9}[.)]|[-+*]|\[[ xX]\])(?: |$)/, `$1${NO_BREAK_SPACE}`)
    .replace(/^(?:`{3,}(?=[^`]*$)|~{3,})/, (fence) => fence.replace(/./g, String.raw`\$&`))
}

/** A closing run of `#` belongs to the heading's markup. */
const escapeHeadingEnd = (line: string): string => line.replace(/(^| )(#+)$/, String.raw`$1\$2`)
