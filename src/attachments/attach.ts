import { env } from '../env'
import type { Media } from '../content/to-agent/thread-parts'
import type { HubSpot } from '../hubspot/client'
import { isHubSpotError } from '../hubspot/errors'
import { download, type Downloaded } from './download'
import { captionOf, fileUsageType, storedType, type FileUsageType } from './names'
import { AttachmentRefused } from './refused'

export type Attached = { fileId: string; fileUsageType: FileUsageType; caption: string }

/** Where a session's files go, and how long each step may still take, in milliseconds. */
type Conditions = { folderPath: string; timeLeftMs: () => number }

/** The longest lifetime of a file in HubSpot that expires at all. Agents may need old files. */
const TTL_DAYS = 365

/** One file takes no more of the time than that, so that others have a chance. In milliseconds. */
const DOWNLOAD_MS = 15_000

/**
 * Uploads a customer's file to HubSpot as a private file that a message can refer to. Throws `AttachmentRefused` if the
 * message has to be sent without it.
 */
export async function attach(
  hubspot: Pick<HubSpot, 'files'>,
  { kind, url, title = '' }: Media,
  { folderPath, timeLeftMs }: Conditions,
): Promise<Attached> {
  const totalMs = Math.min(DOWNLOAD_MS, timeLeftMs())
  const file = await download(url, { allowLoopback: env.allowLoopback(), title, totalMs })
  const { fileName, contentType } = file
  try {
    const { id } = await upload(hubspot, file, { folderPath, timeLeftMs })
    return { fileId: id, fileUsageType: fileUsageType(contentType, kind), caption: captionOf(title, fileName) }
  } finally {
    await file.remove()
  }
}

async function upload(hubspot: Pick<HubSpot, 'files'>, file: Downloaded, { folderPath, timeLeftMs }: Conditions) {
  const { path, size, fileName, contentType, isLinkHarmless } = file
  const stored = { path, size, fileName, contentType: storedType(fileName, contentType) }
  try {
    return await hubspot.files.upload({ ...stored, folderPath, ttlDays: TTL_DAYS, budgetMs: timeLeftMs() })
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    const refused = new AttachmentRefused('notTaken', thrown.category ?? thrown.status)
    refused.isLinkHarmless = isLinkHarmless
    throw refused
  }
}

/** The folder for one session's files. HubSpot creates it if necessary. */
export function folderOf(integrationThreadId: string): string {
  const name = integrationThreadId.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100)
  return `/botpress/${name || 'conversation'}`
}
