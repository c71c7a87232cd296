import { decodedName } from '../attachments/names'
import { visible } from '../content/text'
import { filePart, readReply, textPart, type ReplyPart } from '../content/to-customer/reply-parts'
import { env } from '../env'
import type { AgentAttachment } from '../hubspot/attachment'
import { isHubSpotError } from '../hubspot/errors'
import { inTime } from '../hubspot/retry-policy'
import type { AgentMessage, EventProps } from './event'

/** A message to the customer, if there is one, and what the customer does not get of it. */
export type Piece = { part?: ReplyPart; missing?: string }

type Upload = Omit<Parameters<EventProps['client']['uploadFile']>[0], 'key'>
type Picture = Exclude<ReturnType<typeof readReply>[number], string>
type File = Extract<AgentAttachment, { kind: 'file' }>
type Link = { url: string | undefined; name?: string | undefined; type?: string | undefined }

/** HubSpot's limit of the channel's attachments, in bytes. */
const LARGEST = 10_000_000
/** The webhook has to be answered within four seconds. */
const UPLOAD_WITHIN_MS = 1_500

/**
 * An agent's reply in order: its words and the pictures among them, its files, and what cannot be shown. Throws
 * `HubSpotError` if another attempt can succeed.
 */
export async function piecesOf(event: AgentMessage, props: EventProps): Promise<Piece[]> {
  const lines = event.attachments.flatMap((attachment) => (attachment.kind === 'words' ? attachment.lines : []))
  const words = readReply({ ...event, lines })
  return Promise.all([
    ...words.map(
      async (each, index): Promise<Piece> =>
        typeof each === 'string'
          ? { part: textPart(each) }
          : picturePiece(each, `${event.messageId}/picture-${index}`, props),
    ),
    ...event.attachments
      .filter((attachment) => attachment.kind === 'file')
      .map((file, index) => filePiece(file, `${event.messageId}/${index}`, props)),
    ...event.attachments
      .filter(({ kind }) => kind === 'unknown')
      .map(() => Promise.resolve({ missing: 'content of a kind that cannot be sent' })),
  ])
}

async function filePiece(given: File, key: string, props: EventProps): Promise<Piece> {
  const { url, name: known, type } = await linkTo(given, props)
  const name = visible(decodedName(given.name || known || '')) || 'File'
  const usageType = given.fileUsageType ?? type
  const part = filePart({ name, url: url && (await kept(url, `${key}/${name}`, props)), usageType })
  return url === undefined ? { part, missing: `"${name}"` } : { part }
}

/** A picture among the words: HubSpot's own, one of any other page, or one that is written into the text itself. */
async function picturePiece({ src, alt }: Picture, key: string, props: EventProps): Promise<Piece> {
  const name = alt || 'picture'
  if (!/^https?:/i.test(src)) {
    const url = await uploaded(src, key, props)
    const part = filePart({ name, url, usageType: 'IMAGE' })
    return url === undefined ? { part, missing: alt ? `"${alt}"` : 'a picture in the text' } : { part }
  }
  if (fileIdIn(src) === undefined) return { part: filePart({ name, url: src, usageType: 'IMAGE' }) }
  return filePiece({ kind: 'file', fileId: undefined, url: src, name, fileUsageType: 'IMAGE' }, key, props)
}

/** Private files open only by a signed link; the file's own link is the second choice. */
async function linkTo({ fileId: given, url }: File, { portal }: EventProps): Promise<Link> {
  const fileId = given ?? fileIdIn(url)
  if (fileId === undefined) return { url }
  try {
    const { name, extension, ...file } = await portal.hubspot.files.signedUrl(fileId)
    const isWhole = name?.toLowerCase().endsWith(`.${extension?.toLowerCase()}`)
    return { ...file, name: name && extension && !isWhole ? `${name}.${extension}` : name }
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound', 'validation', 'missingScope')) return { url }
    throw thrown
  }
}

/** The id in the address of a file in HubSpot. */
function fileIdIn(url = ''): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { host, pathname } = new URL(url)
  const isHubSpots = /(?:^|\.)(?:hubspot|hubapi)\.com$/.test(host) || host === new URL(env.hubspotApiUrl()).host
  return isHubSpots ? /\/files\/(\d+)(?:\/|$)/.exec(pathname)?.[1] : undefined
}

/** HubSpot's links expire; a copy in Botpress stays. Where it cannot be made in time, the link has to do. */
const kept = async (url: string, key: string, props: EventProps): Promise<string> =>
  (props.portal.settings.keepAgentFiles ? await upload({ url }, key, props) : undefined) ?? url

/** The address of a picture that is written into the text; undefined when it is none, or too large. */
async function uploaded(src: string, key: string, props: EventProps): Promise<string | undefined> {
  const [, type = '', data = ''] =
    /^data:image\/(png|jpe?g|gif|webp|bmp|avif)(?:;[\w.=-]+)*;base64,([\w+/=\s]+)$/i.exec(src) ?? []
  const content = Buffer.from(data, 'base64')
  if (content.length === 0 || content.length > LARGEST) return undefined
  return upload({ content, contentType: `image/${type.toLowerCase()}` }, `${key}.${type.toLowerCase()}`, props)
}

/** Undefined when Botpress does not take the file in time. */
async function upload(file: Upload, key: string, { client, logger }: EventProps): Promise<string | undefined> {
  const access = { accessPolicies: ['public_content' as const], publicContentImmediatelyAccessible: true }
  const work = client.uploadFile({ key: `hubspot/${key}`, ...access, ...file }).then(
    (answer) => answer.file.url,
    (thrown: unknown) => (thrown instanceof Error ? thrown.name : 'unknown'),
  )
  const url = await inTime(work, UPLOAD_WITHIN_MS, () => 'late')
  if (/^https?:/.test(url)) return url
  logger.warn(`A file of an agent was not copied to Botpress: ${url}`)
  return undefined
}
