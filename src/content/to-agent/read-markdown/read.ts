import { readBlocks, type Line } from './blocks'
import { readInlines } from './inlines'
import type { Inline } from './tokens'

/** `depth` is how many quotes it is in. */
export type Paragraph = { depth: number; content: Inline[] }

/** What a chat message in markdown says: its words without formatting, its breaks, its links. */
export function readMarkdown(markdown: string): Paragraph[] {
  return readBlocks(markdown).map(({ depth, lines }) => ({
    depth,
    content: lines.flatMap((line, index): Inline[] => (index === 0 ? read(line) : [{ kind: 'break' }, ...read(line)])),
  }))
}

function read({ marker, text, isVerbatim }: Line): Inline[] {
  const words: Inline[] = isVerbatim ? [{ kind: 'text', text }] : readInlines(text)
  return marker === '' ? words : [{ kind: 'text', text: marker }, ...words]
}
