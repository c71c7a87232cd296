import { matchAt } from '../text'
import { decodeHtml } from '../entities'

export type Attributes = ReadonlyMap<string, string>
/** An end tag has no attributes. */
type Tag = { name: string; attributes: Attributes | undefined }

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
const HAS_ENTITIES = new Set(['textarea', 'title'])

/**
 * The tags and words of a page, in order, as browsers tell them apart. Linear time: what has no end is read to the end of
 * the page, and never tried again as something else.
 */
export function* readTags(html: string): Generator<Tag | string> {
  const page = html.replace(/\r\n?/g, '\n')
  let at = 0
  while (at < page.length) {
    const markup = matchAt(MARKUP, page, at)
    yield decodeHtml(page.slice(at, markup?.index)).replaceAll('\0', '')
    if (!markup) return
    const [whole, slash, written] = markup
    at = markup.index + whole.length
    if (written === undefined) continue
    const tag = attributesAt(page, at)
    if (!tag) return
    at = tag.end
    const name = written.toLowerCase()
    yield { name, attributes: slash === '/' ? undefined : tag.attributes }
    const ending = slash === '/' ? undefined : RAW.get(name)
    if (!ending) continue
    const raw = page.slice(at, matchAt(ending, page, at)?.index)
    at += raw.length
    yield (HAS_ENTITIES.has(name) ? decodeHtml(raw) : raw).replaceAll('\0', '\ufffd')
  }
}

/** The attributes of a tag whose name ends at `start`, and where it ends; nothing if the page ends before it. */
function attributesAt(page: string, start: number): { attributes: Attributes; end: number } | undefined {
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
