import * as z from 'zod/mini'
import { id, optional, optionalList, text } from './schemas'

/** `words` are lines that say what HubSpot shows in a form of its own: options, a place, a contact. */
export type AgentAttachment =
  | {
      kind: 'file'
      fileId: string | undefined
      url: string | undefined
      name: string | undefined
      fileUsageType: string | undefined
    }
  | { kind: 'words'; lines: string[] }
  | { kind: 'unknown' }

const words = optional(text)

/** What can be beside the words of a reply. A published shape of files has `id` instead of `fileId`. */
const shape = z.object({
  type: words,
  fileId: optional(id),
  id: optional(id),
  url: words,
  name: words,
  fileUsageType: words,
  text: words,
  address: words,
  latitude: words,
  longitude: words,
  quickReplies: optionalList(z.object({ label: words, value: words, valueType: words })),
  contactProfile: optional(z.record(z.string(), z.unknown())),
})

type Given = z.infer<typeof shape>

/** Kinds that HubSpot shows in a form of its own become lines. What only describes the message is left out. */
function readAttachment(given: Given): AgentAttachment[] {
  const { type = 'FILE', url, name, fileUsageType } = given
  const fileId = given.fileId ?? given.id
  // HubSpot can put an address where the file's id belongs.
  const isAddress = /^https?:/i.test(fileId ?? '')
  const file = { fileId: isAddress ? undefined : fileId, url: isAddress ? fileId : url, name, fileUsageType }
  const lines = linesOf(given).filter((line) => line !== '')
  if (type.endsWith('_METADATA')) return []
  const isFile = type === 'FILE' || fileId !== undefined || (lines.length === 0 && url !== undefined)
  if (!isFile && lines.length === 0) return [{ kind: 'unknown' }]
  return [
    ...(lines.length > 0 ? [{ kind: 'words' as const, lines }] : []),
    ...(isFile ? [{ kind: 'file' as const, ...file }] : []),
  ]
}

function linesOf({ type, text: header = '', name, address, latitude, longitude, ...given }: Given): string[] {
  switch (type) {
    case 'LOCATION': {
      const query = latitude && longitude ? `${latitude},${longitude}` : encodeURIComponent(address ?? name ?? '')
      const place = [name, address].filter(Boolean).join(', ')
      const link = given.url ?? (query && mapLink(query))
      return [[place, link].filter(Boolean).join(': ')]
    }
    case 'QUICK_REPLIES':
      return given.quickReplies.map(({ label, value = '', valueType }) =>
        label && valueType === 'URL' ? `${label}: ${value}` : label || value,
      )
    case 'CONTACT': {
      const { contactProfile: { name: person, org, phones, emails, urls, addresses } = {} } = given
      return [person, org, phones, emails, urls, addresses].flat().map(wordsOf)
    }
    default:
      return [header]
  }
}

/** A map of what is there. `query` is a place, or its latitude and longitude. */
export const mapLink = (query: string): string => `https://www.google.com/maps/search/?api=1&query=${query}`

const OF_CONTACT =
  'prefix firstName middleName lastName suffix title department company phone email url street zip city state country'

function wordsOf(entry: unknown): string {
  if (typeof entry === 'string') return entry
  const fields = new Map<string, unknown>(Object.entries(entry ?? {}))
  const found = OF_CONTACT.split(' ').map((name) => fields.get(name))
  return found.filter((value) => typeof value === 'string' && value !== '').join(' ')
}

export const attachment = z.pipe(shape, z.transform(readAttachment))
