import { extensionOfType, typeOfExtension, typeOfHeader, UNKNOWN_TYPE } from './content-type'
import { dispositionFileName, percentDecoded } from './headers'

export type AttachmentKind = 'image' | 'audio' | 'video' | 'file'

/** Of HubSpot's five; stickers are not told apart. */
export type FileUsageType = 'IMAGE' | 'AUDIO' | 'VOICE_RECORDING' | 'OTHER'

type Evidence = {
  /** The header Content-Disposition. */
  disposition?: string | undefined
  /** The header Content-Type. */
  contentType?: string | undefined
  /** The link, and where it led to. */
  urls: readonly string[]
  title?: string | undefined
}

/**
 * What to call a file, and what is in it. The name is the server's own; else a title or a part of a link that ends
 * like a file's name; else the link's last part or the title, whatever it is; else "file".
 */
export function describeFile({ disposition = '', contentType, urls, title = '' }: Evidence) {
  const served = cleanName(lastSegment(dispositionFileName(disposition) ?? ''))
  const titled = cleanName(title.replaceAll(/[/\\]/g, '-'))
  const linked = urls.map((url) => cleanName(lastPathSegment(url)))
  const name =
    served || [titled, ...linked].find(hasExtension) || [...linked, titled].find((other) => other !== '') || 'file'
  const type = typeOfHeader(contentType) ?? typeOfExtension(extensionOf(name)) ?? UNKNOWN_TYPE
  return { fileName: withExtension(name, type), contentType: type }
}

function withExtension(name: string, type: string): string {
  const extension = hasExtension(name) ? undefined : extensionOfType(type)
  return extension === undefined ? name : cleanName(`${name}.${extension}`)
}

const VOICE = new Set(['audio/ogg', 'audio/opus', 'audio/amr'])

/** How HubSpot shows a file; where its type is not known, the kind of message tells. */
export function fileUsageType(contentType: string, kind: AttachmentKind): FileUsageType {
  const type = typeOfHeader(contentType) ?? (kind === 'image' || kind === 'audio' ? `${kind}/` : '')
  if (VOICE.has(type)) return 'VOICE_RECORDING'
  if (type.startsWith('image/')) return 'IMAGE'
  return type.startsWith('audio/') ? 'AUDIO' : 'OTHER'
}

const LONGEST = 120

/** More than any name; the patterns below take long over long rows of dots. */
const READ_AT_MOST = 1000

/** Without what deceives (control, direction, invisible characters) or is reserved in file names; may be empty. */
export function cleanName(name: string): string {
  const plain = name
    .slice(-READ_AT_MOST)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .normalize('NFC')
    .replaceAll(/[<>:"|?*/\\]/g, '_')
    .replaceAll(/\s+/g, ' ')
  return shortened(trimmed(plain))
}

/** Leading dots hide a file, trailing ones are lost on Windows. */
const trimmed = (name: string): string => name.replace(/^[. ]+/, '').replace(/[. ]+$/, '')

function shortened(name: string): string {
  if (name.length <= LONGEST) return name
  const extension = hasExtension(name) ? `.${extensionOf(name)}` : ''
  const stem = name.slice(0, LONGEST - extension.length).replace(/[\uD800-\uDBFF]$/, '')
  return `${trimmed(stem)}${extension}`
}

const extensionOf = (name: string): string => /[^.]\.([a-z0-9]{1,12})$/i.exec(name)?.[1] ?? ''

const hasExtension = (name: string): boolean => typeOfExtension(extensionOf(name)) !== undefined

const lastSegment = (path: string): string => path.split(/[/\\]/).at(-1) ?? ''

function lastPathSegment(url: string): string {
  if (!URL.canParse(url)) return ''
  const segment = lastSegment(new URL(url).pathname)
  return lastSegment(percentDecoded(segment) ?? segment)
}
