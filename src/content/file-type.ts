import { mimes } from 'mrmime'

export const UNKNOWN_TYPE = 'application/octet-stream'

/** mrmime omits vendor types. These are the ones that customers send. */
const VENDORS: Readonly<Record<string, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  xls: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  msg: 'application/vnd.ms-outlook',
  odt: 'application/vnd.oasis.opendocument.text',
  ods: 'application/vnd.oasis.opendocument.spreadsheet',
  odp: 'application/vnd.oasis.opendocument.presentation',
  rar: 'application/vnd.rar',
  '7z': 'application/x-7z-compressed',
}

/** For types that mrmime does not have, or whose first extension there is unusual. */
const USUAL_EXTENSIONS: Readonly<Record<string, string>> = {
  'application/x-zip-compressed': 'zip',
  'audio/mp3': 'mp3',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/x-m4a': 'm4a',
  'audio/x-wav': 'wav',
  'image/jpeg': 'jpg',
  'image/jpg': 'jpg',
  'text/calendar': 'ics',
  'text/javascript': 'js',
  'text/markdown': 'md',
  'text/plain': 'txt',
  'video/mp2t': 'ts',
  'video/mpeg': 'mpg',
}

/** A name's extension, without its dot; empty if there is none. The name of a hidden file is no extension. */
export const extensionOf = (name: string): string => /.\.([a-z0-9]{1,12})$/i.exec(name)?.[1] ?? ''

/** The type that a name's extension says. Undefined if that is unknown, as for the "2" of "v1.2". */
export function typeOfName(name: string): string | undefined {
  const key = extensionOf(name).toLowerCase()
  // mrmime's own look-up also finds inherited keys, such as "constructor".
  if (Object.hasOwn(mimes, key)) return mimes[key]
  return Object.hasOwn(VENDORS, key) ? VENDORS[key] : undefined
}

/** The usual extension for a type, without its dot; undefined if there is none. */
export function extensionOfType(contentType: string): string | undefined {
  if (contentType === UNKNOWN_TYPE) return undefined
  if (Object.hasOwn(USUAL_EXTENSIONS, contentType)) return USUAL_EXTENSIONS[contentType]
  return [...Object.entries(VENDORS), ...Object.entries(mimes)].find(([, type]) => type === contentType)?.[0]
}

/** The type in a Content-Type header, without parameters; undefined if it is generic, invalid or missing. */
export function typeOfHeader(header: string | undefined): string | undefined {
  const [type = ''] = (header ?? '').split(';')
  const name = type.trim().toLowerCase()
  if (name === UNKNOWN_TYPE || name === 'binary/octet-stream') return undefined
  return /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,80}$/.test(name) ? name : undefined
}
