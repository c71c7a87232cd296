import { extensionOfType, typeOfExtension, typeOfHeader, UNKNOWN_TYPE } from './content-type'
import { dispositionFileName, percentDecoded } from './headers'

export type AttachmentKind = 'image' | 'audio' | 'video' | 'file'

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

/** How HubSpot displays a file. If its type is unknown, the kind of message decides. */
export function fileUsageType(contentType: string, kind: AttachmentKind): FileUsageType {
  const type = typeOfHeader(contentType) ?? (kind === 'image' || kind === 'audio' ? `${kind}/` : '')
  if (VOICE.has(type)) return 'VOICE_RECORDING'
  if (type.startsWith('image/')) return 'IMAGE'
  return type.startsWith('audio/') ? 'AUDIO' : 'OTHER'
}

const MAX_LENGTH = 120

/** Longer than any real name. The patterns below are slow on long runs of dots. */
const MAX_INPUT_LENGTH = 1000

/** Removes deceptive characters (control, direction, invisible) and replaces reserved ones. The result may be empty. */
export function cleanName(name: string): string {
  const plain = name
    .slice(-MAX_INPUT_LENGTH)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .normalize('NFC')
    .replaceAll(/[<>:"|?*/\\]/g, '_')
    .replaceAll(/\s+/g, ' ')
  return shortened(trimmed(plain))
}

/** Leading dots hide a file. Windows drops trailing ones. */
const trimmed = (name: string): string => name.replace(/^[. ]+/, '').replace(/[. ]+$/, '')

function shortened(name: string): string {
  if (name.length <= MAX_LENGTH) return name
  const extension = hasExtension(name) ? `.${extensionOf(name)}` : ''
  const stem = name.slice(0, MAX_LENGTH - extension.length).replace(/[\uD800-\uDBFF]$/, '')
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
