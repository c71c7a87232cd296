import { env } from '../env'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError } from '../hubspot/errors'
import { download, type Downloaded } from './download'
import { fileUsageType, type AttachmentKind, type FileUsageType } from './names'
import { AttachmentRefused } from './refused'

export type AttachmentSource = { kind: AttachmentKind; url: string; title?: string | undefined }

export type Attached = { fileId: string; fileUsageType: FileUsageType; fileName: string }

/** As long as HubSpot keeps a file that expires at all: agents look back at what they were sent. */
const TTL_DAYS = 365

/**
 * Brings what a customer sent into HubSpot, as a private file that a message can refer to. Throws `AttachmentRefused`
 * when the message has to do without it, and `HubSpotError` for what a person must fix or another try may.
 */
export async function attach(
  hubspot: Pick<HubSpot, 'files'>,
  { kind, url, title }: AttachmentSource,
  folderPath: string,
): Promise<Attached> {
  const file = await download(url, { allowLoopback: env.allowLoopback(), title })
  try {
    const { id } = await upload(hubspot, file, folderPath)
    return { fileId: id, fileUsageType: fileUsageType(file.contentType, kind), fileName: file.fileName }
  } finally {
    await file.remove()
  }
}

async function upload(hubspot: Pick<HubSpot, 'files'>, file: Downloaded, folderPath: string) {
  const { path, size, fileName, contentType, isLinkHarmless } = file
  try {
    return await hubspot.files.upload({ path, size, fileName, contentType, folderPath, ttlDays: TTL_DAYS })
  } catch (thrown) {
    // A kind of file, or a size, that the account does not take: trying again changes nothing.
    if (!isHubSpotError(thrown, 'validation', 'conflict')) throw thrown
    throw new AttachmentRefused('notTaken', { isLinkHarmless, detail: thrown.category ?? thrown.status })
  }
}

/** Where HubSpot keeps the files of one session; made by HubSpot when it is not there. */
export function folderOf(integrationThreadId: string): string {
  const name = integrationThreadId.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100)
  return `/botpress/${name || 'conversation'}`
}
