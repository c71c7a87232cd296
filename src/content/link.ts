import { visible } from './text'

/** What opens a page, a mail or a call; everything else could run something or reach into the reader's machine. */
const LINKABLE = /^(?:https?:\/\/[^/?#]|mailto:.|tel:.)/iu

/** Where an address among words ends. The last are marks of direction and emoji. */
const NOT_IN_ADDRESS =
  String.raw`\s<>"[\]\\|` +
  '`“”„‟‘’‚‛«»‹›…—\u3000-\u3003\u3008-\u301f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff3d\uff5b-\uff65' +
  String.raw`،؛؟۔।։።។\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{1f000}-\u{1faff}`

/** What an address among words is made of. The keys of a query can hold brackets: "filter[price]=10". */
export const IN_ADDRESS = String.raw`(?:[^${NOT_IN_ADDRESS}]|\[[\w.-]{0,60}\](?=[=[]))`

export const BARE_ADDRESS = String.raw`https?:\/\/${IN_ADDRESS}+`

/** The full stop after an address belongs to the sentence, and so do an entity and a bracket that opened before it. */
export function withoutTrailingPunctuation(address: string): string {
  let unopened = address.split(')').length - address.split('(').length
  let end = address.length
  const others = address.includes('{') ? '' : '}'
  for (; end > 0 && `.,;:!?'*_~()״׳${others}`.includes(address.charAt(end - 1)); end--) {
    const last = address.charAt(end - 1)
    if (last === ')' && unopened-- <= 0) break
    if (last === '(') unopened++
    if (last === ';') end -= (/&#?\w{1,32};$/.exec(address.slice(Math.max(0, end - 35), end))?.[0].length ?? 1) - 1
  }
  return address.slice(0, end)
}

/** A link that is safe to offer, written so that it fits into markdown; undefined when it is nothing of the kind. */
export function safeLink(address: string): string | undefined {
  const url = written(address)
  return LINKABLE.test(url) ? url : undefined
}

const FILE = 'html?|php|jpe?g|png|gif|svg|webp|pdf|docx?|xlsx?|zip|txt|md'
const LABELS = String.raw`(?:[\p{L}\p{M}\p{N}_-]{1,63}\.){1,9}`
const TOP_LEVEL = String.raw`(?:xn--[a-z\d-]{2,59}|\p{L}{2,24})`
const DOMAIN = new RegExp(String.raw`^${LABELS}(?!(?:${FILE})$)${TOP_LEVEL}\.?(?:[:/?#]|$)`, 'iu')
const EMAIL = new RegExp(String.raw`^[\w.+-]{1,64}@${LABELS}${TOP_LEVEL}$`, 'iu')

/** Like `safeLink`, for what a person has entered as an address: people leave its beginning out. */
export function enteredLink(address: string): string | undefined {
  // Browsers read any number of slashes, of either kind, as the two that belong there.
  const url = written(address.replace(/^\s*(https?:)[/\\]{0,9}(?=[\p{L}\p{N}])/iu, '$1//'))
  const withoutSlashes = url.replace(/^\/\//, '')
  if (DOMAIN.test(withoutSlashes)) return `https://${withoutSlashes}`
  return EMAIL.test(url) ? `mailto:${url}` : safeLink(url)
}

/** The hosts that words show. A page's name is none, nor what is before the at sign of an e-mail address. */
const SHOWN_HOST = new RegExp(
  String.raw`(?<![\p{L}\p{M}\p{N}_.-]|[^/]/)${LABELS}(?!(?:${FILE})(?![\p{L}\p{N}]))${TOP_LEVEL}(?![\p{L}\p{N}_.+-]{0,64}@)`,
  'giu',
)

/** The host of a link whose words look like another address, so that it can be shown; else undefined. */
export function disguisedHost(words: string, url: string): string | undefined {
  const host = hostOf(url.replace(/^mailto:[^?]*@/i, 'https://'))
  const shown = written(words) === url ? [] : (visible(words).match(SHOWN_HOST) ?? [])
  return host !== '' && shown.some((each) => hostOf(`https://${each}`) !== host) ? host : undefined
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\.|\.$/g, '') : '')

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
    .replace(/[\s<>"\\^`{|}\p{Cf}]/gu, (character) => encodeURIComponent(character))
