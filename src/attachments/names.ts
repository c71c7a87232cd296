import { extensionOf, extensionOfType, typeOfHeader, typeOfName, UNKNOWN_TYPE } from '../content/file-type'
import type { Media } from '../content/to-agent/thread-parts'

/** HubSpot's usage types except STICKER, which we cannot recognize. */
export type FileUsageType = 'IMAGE' | 'AUDIO' | 'VOICE_RECORDING' | 'OTHER'

type Evidence = {
  /** The Content-Disposition header. */
  disposition?: string | undefined
  /** The Content-Type header. */
  contentType?: string | undefined
  /** The link, and the URL that its redirects led to. */
  urls: readonly string[]
  title?: string | undefined
}

/**
 * A file's name and type. The name is the server's; else the title or a link's last segment if it has a known
 * extension; else a link's last segment or the title as it is; else "file".
 */
export function describeFile({ disposition = '', contentType, urls, title = '' }: Evidence) {
  const served = cleanName(lastSegment(dispositionFileName(disposition) ?? ''))
  const titled = titleAsName(title)
  const linked = urls.map((url) => cleanName(lastPathSegment(url)))
  const name =
    served || [titled, ...linked].find(typeOfName) || [...linked, titled].find((other) => other !== '') || 'file'
  const type = typeOfHeader(contentType) ?? typeOfName(name) ?? UNKNOWN_TYPE
  const extension = typeOfName(name) === undefined ? extensionOfType(type) : undefined
  return { fileName: extension === undefined ? name : cleanName(`${name}.${extension}`), contentType: type }
}

/** Browsers put "C:\fakepath\" before a name; bots give an address. Other slashes are words: "Holiday 2/3". */
const FOLDER = /^(?:[a-z]:[\\/]|https?:\/\/|\/)(?:.*[\\/])?/i

const titleAsName = (title: string): string =>
  cleanName(decodedName(title.slice(-MAX_INPUT_LENGTH)).replace(FOLDER, '').replaceAll(/[/\\]/g, '-'))

/** What a file's title says beyond its name. Servers change the blanks, signs and extensions of names. */
export function captionOf(title: string, fileName: string): string {
  const name = coreOf(titleAsName(title))
  return [fileName, fileName.replace(/\.[^.]+$/, '')].some((each) => coreOf(each) === name) ? '' : title
}

const coreOf = (name: string): string =>
  (typeOfName(name) === undefined ? name : name.slice(0, -extensionOf(name).length))
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}\p{Extended_Pictographic}]/gu, '')
    .toLowerCase()

/** Pages and drawings can hold scripts, which would run in the browser of an agent who opens them. */
const hasScripts = (type = ''): boolean => /[/+.](?:x?html|xml|xsl|svg)\b/.test(type)

/** The type that a customer's file is stored as. */
export const storedType = (fileName: string, contentType: string): string =>
  hasScripts(contentType) || hasScripts(typeOfName(fileName)) ? UNKNOWN_TYPE : contentType

const VOICE = /^audio\/(?:x-)?(?:3gpp|amr|ogg|opus|silk|speex|webm)/

/** How HubSpot displays a file. If its type is unknown, the kind of message decides. */
export function fileUsageType(contentType: string, kind: Media['kind']): FileUsageType {
  const type = typeOfHeader(contentType) ?? (kind === 'image' || kind === 'audio' ? `${kind}/` : '')
  // Recorders in browsers and chat apps write voices into the containers of films.
  const isRecording = kind === 'audio' && (type.startsWith('video/') || /^application\/(?:x-)?ogg$/.test(type))
  if (isRecording || VOICE.test(type)) return 'VOICE_RECORDING'
  if (type.startsWith('image/')) return hasScripts(type) ? 'OTHER' : 'IMAGE'
  return type.startsWith('audio/') ? 'AUDIO' : 'OTHER'
}

const MAX_LENGTH = 120

/** Longer than any real name. The patterns below are slow on long runs of dots. */
const MAX_INPUT_LENGTH = 1000

/** Joiners, where they join: in emoji, and in scripts whose letters they shape. */
const JOINER = String.raw`(?<=[\p{L}\p{M}\p{Extended_Pictographic}\p{EMod}])[\u200C\u200D](?=[\p{L}\p{M}\p{Extended_Pictographic}])`
const DECEPTIVE = new RegExp(String.raw`(${JOINER})|[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]`, 'gu')

/** Removes deceptive characters (control, direction, invisible) and replaces reserved ones. The result may be empty. */
export function cleanName(name: string): string {
  const plain = name
    .slice(-MAX_INPUT_LENGTH)
    .replaceAll(DECEPTIVE, '$1')
    .normalize('NFC')
    .replaceAll(/[<>:"|?*/\\]/g, '_')
    .replaceAll(/\s+/g, ' ')
  return shortened(trimmed(plain))
}

/** Leading dots hide a file. Windows drops trailing ones. */
const trimmed = (name: string): string => name.replace(/^[. ]+/, '').replace(/[. \u200C\u200D]+$/, '')

function shortened(name: string): string {
  if (name.length <= MAX_LENGTH) return name
  const extension = typeOfName(name) === undefined ? '' : `.${extensionOf(name)}`
  const stem = name.slice(0, MAX_LENGTH - extension.length).replace(/[\uD800-\uDBFF]$/, '')
  return `${trimmed(stem)}${extension}`
}

const lastSegment = (path: string): string => path.split(/[/\\]/).at(-1) ?? ''

function lastPathSegment(url: string): string {
  if (!URL.canParse(url)) return ''
  const segment = lastSegment(new URL(url).pathname)
  return lastSegment(decodedName(percentDecoded(segment) ?? segment))
}

/** `name=value` after a semicolon; the value is a token or a quoted string. */
const PARAMETER = /;\s*([\w!#$%&'*+.^`|~-]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g

/**
 * The file name in a Content-Disposition header; `filename*` takes precedence over `filename`, which many servers encode
 * in ways of their own. https://www.rfc-editor.org/rfc/rfc6266, https://www.rfc-editor.org/rfc/rfc8187
 */
function dispositionFileName(header: string): string | undefined {
  const parameters = new Map<string, string>()
  for (const [, name = '', value = ''] of header.matchAll(PARAMETER)) {
    const key = name.toLowerCase()
    if (!parameters.has(key)) parameters.set(key, value.trim())
  }
  const plain = utf8OfHeader(unquoted(parameters.get('filename') ?? ''))
  return decodedName(extendedValue(parameters.get('filename*')) || plain) || undefined
}

const unquoted = (value: string): string =>
  /^".*"$/s.test(value) ? value.slice(1, -1).replaceAll(/\\(["\\])/g, '$1') : value.replace(/^'(.*)'$/s, '$1')

/** `charset'language'percent-encoded`, in one of the RFC's two charsets. */
function extendedValue(value: string | undefined): string | undefined {
  const [, charset = '', encoded = ''] = /^"?(utf-?8|iso-8859-1)'[^']*'([^"]*)"?$/i.exec(value ?? '') ?? []
  return inCharset(charset, bytesOf(encoded, /%([0-9a-f]{2})/gi))
}

/** A name of which the sender has encoded words for a mail (RFC 2047), or all of it for an address. */
export function decodedName(name: string): string {
  const words = name
    .replaceAll(/(=\?[^?\s]+\?[bq]\?[^?\s]*\?=)\s+(?==\?)/gi, '$1')
    .replaceAll(/=\?([\w-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi, (word, charset: string, by: string, text: string) => {
      const bytes = /b/i.test(by) ? Buffer.from(text, 'base64') : bytesOf(text.replaceAll('_', ' '), /=([0-9a-f]{2})/gi)
      return inCharset(charset, bytes) ?? word
    })
  return percentDecoded(words) ?? words
}

/** Bytes of which some are written as two hexadecimal digits. */
const bytesOf = (text: string, encoded: RegExp): Buffer =>
  Buffer.from(
    text.replaceAll(encoded, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  )

/** Undefined if the charset is unknown or has no such bytes. */
function inCharset(charset: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** Node reads headers as Latin-1; many servers write UTF-8 into them. */
export const utf8OfHeader = (value: string): string => inCharset('utf-8', Buffer.from(value, 'latin1')) ?? value

/** Undefined if the text is not valid UTF-8. */
function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
