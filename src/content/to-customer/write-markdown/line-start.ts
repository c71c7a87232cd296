const NO_BREAK_SPACE = '\u00a0'

/**
 * A line whose beginning is not taken for a heading, a list, a quote, a rule or a table. After a list marker a
 * no-break space does that and leaves "1. May" readable, which would be renumbered as a list.
 */
export function escapeLineStart(line: string, isFirst: boolean): string {
  if (/^(?:\*{3,}|_{3,})$/.test(line.replaceAll(' ', ''))) return line.replace(/[*_]/g, String.raw`\$&`)
  const isRule = /^[-:| ]{2,}$/.test(line) && line.includes('-')
  if (isRule || (!isFirst && /^=+$/.test(line)) || /^(?:#{1,6}(?: |$)|>)/.test(line)) return `\\${line}`
  return line
    .replace(/^(\d{1,9}[.)]|[-+*]|\[[ xX]\])(?: |$)/, `$1${NO_BREAK_SPACE}`)
    .replace(/^(?:`{3,}(?=[^`]*$)|~{3,})/, (fence) => fence.replace(/./g, String.raw`\$&`))
}

/** A closing run of `#` belongs to the heading's markup. */
export const escapeHeadingEnd = (line: string): string => line.replace(/(^| )(#+)$/, String.raw`$1\$2`)
