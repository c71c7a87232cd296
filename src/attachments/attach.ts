import { env } from '../env'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError } from '../hubspot/errors'
import { download, type Downloaded } from './download'
import { fileUsageType, type AttachmentKind, type FileUsageType } from './names'
import { AttachmentRefused } from './refused'

export type AttachmentSource = { kind: AttachmentKind; url: string; title?: string | undefined }

export type Attached = { fileId: string; fileUsageType: FileUsageType; fileName: string }

/** The longest lifetime of a file in HubSpot that expires at all. Agents may need old files. */
const TTL_DAYS = 365

/**
 * Uploads a customer's file to HubSpot as a private file that a message can refer to. Throws `AttachmentRefused` if the
 * message has to be sent without it, and `HubSpotError` if the owner must act or a retry may succeed.
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
    // The account does not accept this type or size of file, so a retry would fail too.
    if (!isHubSpotError(thrown, 'validation', 'conflict')) throw thrown
    throw new AttachmentRefused('notTaken', { isLinkHarmless, detail: thrown.category ?? thrown.status })
  }
}

/** The folder for one session's files. HubSpot creates it if necessary. */
export function folderOf(integrationThreadId: string): string {
  const name = integrationThreadId.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100)
  return `/botpress/${name || 'conversation'}`
}
