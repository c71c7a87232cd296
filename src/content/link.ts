/** What opens a page, a mail or a call; everything else could run something or reach into the reader's machine. */
const LINKABLE = /^(?:https?:\/\/[^/?#]|mailto:.|tel:.)/iu

/** An address among words, to be used inside a regular expression. */
export const BARE_ADDRESS = String.raw`https?:\/\/[^\s<>"[\]\\` + '`，。、！？；：（）「」『』《》【】]+'

/** The full stop after an address belongs to the sentence. */
export function withoutTrailingPunctuation(address: string): string {
  const trailing = address.includes('(') ? ".,;:!?'*_~" : ".,;:!?'*_~)"
  let end = address.length
  while (end > 0 && trailing.includes(address.charAt(end - 1))) end--
  return address.slice(0, end)
}

/** A link that is safe to offer, written so that it fits into markdown; undefined when it is nothing of the kind. */
export function safeLink(address: string): string | undefined {
  const url = written(address)
  return LINKABLE.test(url) ? url : undefined
}

/** Whether the words already spell out the link, so that it need not be written beside them. */
export function namesItself(words: string, url: string): boolean {
  const withoutSlash = url.endsWith('/') ? url.slice(0, -1) : url
  return [url, withoutSlash, withoutScheme(url), withoutScheme(withoutSlash)].includes(words.trim())
}

/** The link as a reader would want to see it: an e-mail address has no need of its scheme. */
export const shownAddress = (url: string): string => url.replace(/^mailto:/i, '')

/** The link as markdown's brackets can hold it: a bracket would end it, an entity in it would be decoded. */
export const asDestination = (url: string): string =>
  url
    .replaceAll('(', '%28')
    .replaceAll(')', '%29')
    .replace(/(&#?\w{1,32});/g, '$1%3B')

const withoutScheme = (url: string): string => url.replace(/^(?:https?:\/\/|mailto:)/i, '')

/** Browsers drop control characters before they read the scheme, so they are dropped before it is judged. */
const written = (address: string): string =>
  address
    .replace(/\p{Cc}/gu, '')
    .trim()
    .replace(/[\s<>"\\^`{|}]/g, (character) => encodeURIComponent(character))
