import { lookup as dnsLookup } from 'node:dns/promises'
import { startDeadline } from './deadline'
import { follow } from './follow'
import { describeFile } from './names'
import type { Answer } from './request'
import { save, TooLarge, type Saved } from './save'
import type { Lookup } from './target'
import { Trail } from './trail'

export type DownloadOptions = {
  /** Allows links to this machine, over http and on any port: a sandbox keeps its files here. */
  allowLoopback?: boolean
  /** The file's title in the message. */
  title?: string | undefined
  /** Default: 25 MB. */
  maxBytes?: number
  /** The time for all steps together. Default: 15 seconds. */
  totalMs?: number
  /** The longest time without a byte. Default: 10 seconds. */
  idleMs?: number
  lookup?: Lookup
}

export type Downloaded = {
  /** Path of a temporary file. The caller removes it. */
  path: string
  /** In bytes, counted while downloading. */
  size: number
  fileName: string
  contentType: string
  /** See `AttachmentRefused.isLinkHarmless`. */
  isLinkHarmless: boolean
  /** Can be called more than once. */
  remove: () => Promise<void>
}

const MAX_BYTES = 25_000_000

/**
 * Downloads a link into a temporary file. The link is untrusted: every request, also after a redirect, must be https to
 * a public host. Throws `AttachmentRefused`, and then leaves no file behind.
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Downloaded> {
  const { allowLoopback = false, totalMs = 15_000, idleMs = 10_000, lookup = everyAddress } = options
  const trail = new Trail(startDeadline({ totalMs, idleMs }))
  try {
    const { answer, url: foundAt } = await follow(url, { allowLoopback, lookup }, trail)
    const saved = await keep(answer, options.maxBytes ?? MAX_BYTES, trail)
    const described = describeFile({
      disposition: answer.header('content-disposition'),
      contentType: answer.header('content-type'),
      urls: [url, foundAt.href],
      title: options.title,
    })
    return { ...saved, ...described, isLinkHarmless: trail.isLinkHarmless }
  } finally {
    trail.deadline.end()
  }
}

const everyAddress: Lookup = (hostname) => dnsLookup(hostname, { all: true })

async function keep({ header, body }: Answer, maxBytes: number, trail: Trail): Promise<Saved> {
  // Fails early only. The header may be wrong, so `save` counts the bytes.
  if (Number(header('content-length')) > maxBytes) {
    body.destroy()
    throw trail.refused('tooLarge', { maxBytes })
  }
  const saved = await save(body, maxBytes, trail.deadline).catch((thrown: unknown) => {
    throw thrown instanceof TooLarge ? trail.refused('tooLarge', { maxBytes }) : trail.failed(thrown)
  })
  if (saved.size > 0) return saved
  await saved.remove()
  throw trail.refused('empty')
}
