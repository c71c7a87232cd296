import { randomUUID } from 'node:crypto'
import { invalid } from '../problem'
import type { FileAttachment, FileUsageType, HubSpotFile } from '../state/model'
import type { StoredFile, World } from '../state/world'

/** Attaches a stored file to a message. Its `url` opens without a login until it expires. */
export function attachFile(
  world: World,
  { fileId, fileUsageType }: { fileId: string; fileUsageType?: FileUsageType | undefined },
): FileAttachment {
  const stored = world.files.get(fileId)
  if (stored === undefined) throw invalid(`File ${fileId} does not exist`)
  const lifetime = world.switches.attachmentUrlExpires
  const { url } = linkToFile(world, stored, lifetime ?? Number.POSITIVE_INFINITY)
  return {
    type: 'FILE',
    fileId,
    fileUsageType: fileUsageType ?? usageOf(stored.contentType),
    name: fullName(stored.file),
    url,
  }
}

/** A link that opens the file without a login until it expires. */
export function linkToFile(world: World, { file }: StoredFile, lifetimeMs: number): { url: string; expiresAt: number } {
  const secret = randomUUID()
  const expiresAt = world.options.now() + lifetimeMs
  world.fileLinks.set(secret, { fileId: file.id, expiresAt })
  const name = encodeURIComponent(fullName(file))
  return { url: `${world.url}/signed-files/${secret}/${name}`, expiresAt }
}

function fullName({ name, extension }: HubSpotFile): string {
  return extension === '' ? name : `${name}.${extension}`
}

function usageOf(contentType: string): FileUsageType {
  if (contentType.startsWith('image/')) return 'IMAGE'
  return contentType.startsWith('audio/') ? 'AUDIO' : 'OTHER'
}
