import { capabilitiesSchema } from '../api/capabilities'
import type { Attachment } from '../state/model'
import type { StoredThread, World } from '../state/world'

/** HubSpot's screen limits agents to the channel's capabilities. Throws an Error where it would. */
export function assertCarried(world: World, { thread }: StoredThread, attachments: Attachment[]): void {
  const stored = world.channels.get(thread.originalChannelId)
  if (stored === undefined) return
  const can = capabilitiesSchema.parse(stored.channel.capabilities)
  if (can.allowOutgoingMessages !== true) throw new Error('The channel does not allow outgoing messages')
  const files = attachments.filter(({ fileId }) => world.files.has(String(fileId)))
  if (files.length === 0) return
  if (!can.outgoingAttachmentTypes?.includes('FILE')) throw new Error('The channel takes no files from agents')
  if (files.length > (can.maxFileAttachmentCount ?? 0)) {
    throw new Error(`The channel takes at most ${can.maxFileAttachmentCount ?? 0} files a message`)
  }
  let total = 0
  for (const { fileId } of files) {
    const file = world.files.get(String(fileId))
    const size = file?.bytes.byteLength ?? 0
    total += size
    if (size > (can.maxFileAttachmentSizeBytes ?? 0)) throw new Error('The file is too large for the channel')
    if (!(can.allowedFileAttachmentMimeTypes ?? []).some((allowed) => matches(allowed, file?.contentType ?? ''))) {
      throw new Error(`The channel takes no files of type ${file?.contentType ?? 'unknown'}`)
    }
  }
  if (total > (can.maxTotalFileAttachmentSizeBytes ?? 0)) throw new Error('The files are too large for the channel')
}

/** HubSpot's editor inserts pictures only where the channel allows it. */
export function assertInlineImages(world: World, { thread }: StoredThread): void {
  const stored = world.channels.get(thread.originalChannelId)
  const can = stored && capabilitiesSchema.parse(stored.channel.capabilities)
  if (can?.allowInlineImages !== true) throw new Error('The channel takes no pictures among the words')
}

function matches(allowed: string, contentType: string): boolean {
  const [type = ''] = contentType.split(';')
  return allowed.endsWith('/*') ? type.startsWith(allowed.slice(0, -1)) : allowed === type
}
