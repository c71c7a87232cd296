import { matchAt } from '../text'
import { decodeHtml } from '../entities'

export type Attributes = ReadonlyMap<string, string>
type Reader = {
  open(name: string, attributes: Attributes): void
  close(name: string): void
  words(text: string): void
  /** It needs no more of the page. */
  isFull: boolean
}

/** The beginning of a tag, a comment, or what browsers take for a comment. Any other "<" is a character. */
const MARKUP = /<(\/?)([a-z][^\t\n\f />]*)|<!--(?:-?>|[^]*?(?:--!?>|$))|<(?:[!?]|\/(?!$))[^>]*>?/gi
/** An attribute, also if the page ends before its quote, or, without a name, the end of the tag. */
const ATTRIBUTE =
  /[\t\n\f /]*(?:>|([^\t\n\f />][^\t\n\f />=]*)(?:[\t\n\f ]*=[\t\n\f ]*(?:"([^"]*)"?|'([^']*)'?|([^\t\n\f >]*)))?)/y
/** In these tags, nothing is a tag but their end. */
const RAW: ReadonlyMap<string, RegExp> = new Map(
  'script style textarea title xmp iframe noembed noframes'
    .split(' ')
    .map((name) => [name, new RegExp(`</${name}(?=[\\t\\n\\f />])`, 'gi')]),
)

const PIECE = 20_000

/**
 * Tells `reader` of the tags and words of a page, in order, as browsers tell them apart. Linear time: what has no end is
 * read to the end of the page, and never tried again as something else.
 */
export function readTags(html: string, reader: Reader): void {
  const page = html.replace(/\r\n?/g, '\n')
  /** In pieces, of which a reader may need only the first. None begins within an entity. */
  const say = (text: string, shown: (piece: string) => string) => {
    for (let start = 0, end = 0; start < text.length && !reader.isFull; start = end) {
      end = text.indexOf('&', start + PIECE)
      if (end < 0) end = text.length
      reader.words(shown(text.slice(start, end)))
    }
  }
  let at = 0
  while (at < page.length && !reader.isFull) {
    MARKUP.lastIndex = at
    const markup = MARKUP.exec(page)
    say(page.slice(at, markup?.index), (piece) => decodeHtml(piece).replaceAll('\0', ''))
    if (!markup) return
    const [whole, slash, written] = markup
    at = markup.index + whole.length
    if (written === undefined) continue
    const tag = tagAt(page, at)
    if (!tag) return
    at = tag.end
    const name = written.toLowerCase()
    if (slash === '/') {
      reader.close(name)
      continue
    }
    reader.open(name, tag.attributes)
    const ending = RAW.get(name)
    if (!ending) continue
    ending.lastIndex = at
    const raw = page.slice(at, ending.exec(page)?.index)
    at += raw.length
    const hasEntities = name === 'textarea' || name === 'title'
    say(raw, (piece) => (hasEntities ? decodeHtml(piece) : piece).replaceAll('\0', '\ufffd'))
  }
}

/** The attributes of a tag whose name ends at `start`, and where it ends; nothing if the page ends before it. */
function tagAt(page: string, start: number): { attributes: Attributes; end: number } | undefined {
  const attributes = new Map<string, string>()
  let end = start
  for (let part = matchAt(ATTRIBUTE, page, end); part; part = matchAt(ATTRIBUTE, page, end)) {
    const [whole, name, ...values] = part
    end += whole.length
    if (name === undefined) return { attributes, end }
    const key = name.toLowerCase()
    // The first of several attributes with one name counts.
    if (attributes.has(key)) continue
    const value = values.find((each) => each !== undefined) ?? ''
    attributes.set(key, decodeHtml(value, true).replaceAll('\0', '\ufffd'))
  }
  return undefined
}
