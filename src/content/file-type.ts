import { mimes } from 'mrmime'

export const UNKNOWN_TYPE = 'application/octet-stream'

/** By extension. mrmime omits vendor types. These are the ones that customers send. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  ['xls', 'application/vnd.ms-excel'],
  ['ppt', 'application/vnd.ms-powerpoint'],
  ['msg', 'application/vnd.ms-outlook'],
  ['vcf', 'text/vcard'],
  ['odt', 'application/vnd.oasis.opendocument.text'],
  ['ods', 'application/vnd.oasis.opendocument.spreadsheet'],
  ['odp', 'application/vnd.oasis.opendocument.presentation'],
  ['rar', 'application/vnd.rar'],
  ['7z', 'application/x-7z-compressed'],
  ...Object.entries(mimes),
])

/** Where mrmime's first extension is unusual. */
const USUAL_EXTENSIONS = 'ics jpg js md mp3 mpg ogg ts txt'.split(' ')

/** A name's extension, without its dot; empty if there is none. The name of a hidden file is no extension. */
export const extensionOf = (name: string): string => /.\.([a-z0-9]{1,12})$/i.exec(name)?.[1] ?? ''

/** The type that a name's extension says. Undefined if that is unknown, as for the "2" of "v1.2". */
export const typeOfName = (name: string): string | undefined => TYPES.get(extensionOf(name).toLowerCase())

/** The usual extension for a type, without its dot, also for names like "audio/x-wav"; undefined if there is none. */
export function extensionOfType(contentType: string): string | undefined {
  if (contentType === UNKNOWN_TYPE) return undefined
  const known = [...USUAL_EXTENSIONS, ...TYPES.keys()].find((extension) => TYPES.get(extension) === contentType)
  const [, kind = '', word = ''] = /^(\w+\/)(?:x-)?(\w+)/.exec(contentType) ?? []
  return known ?? (TYPES.get(word)?.startsWith(kind) ? word : undefined)
}

/** Servers that want a file to be saved, not opened, send other names than the usual one too. */
const GENERIC = /(?:octet-stream|download|unknown|\/binary)$/

/** The type in a Content-Type header, without parameters; undefined if it is generic, invalid or missing. */
export function typeOfHeader(header: string | undefined): string | undefined {
  const [type = ''] = (header ?? '').split(';')
  const name = type.trim().toLowerCase()
  if (GENERIC.test(name)) return undefined
  return /^[a-z0-9][\w.+-]{0,60}\/[a-z0-9][\w.+-]{0,80}$/.test(name) ? name : undefined
}
