import { lookup as dnsLookup } from 'node:dns/promises'
import { startDeadline } from './deadline'
import { follow } from './follow'
import { describeFile } from './names'
import type { Answer } from './request'
import { save, TooLarge, type Saved } from './save'
import type { Lookup } from './target'
import { Trail } from './trail'

export type DownloadOptions = {
  /** Lets links to this machine pass, by http and at any port: for a sandbox, whose files are nowhere else. */
  allowLoopback?: boolean
  /** What the message calls the file. */
  title?: string | undefined
  /** In bytes; 25 MB. */
  maxBytes?: number
  /** For everything together, in milliseconds; 15 s. */
  totalMs?: number
  /** Without a byte, in milliseconds; 10 s. */
  idleMs?: number
  lookup?: Lookup
}

export type Downloaded = {
  /** Of a temporary file, which the caller removes. */
  path: string
  /** In bytes, as counted. */
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
 * Fetches what a link leads to into a temporary file. The link comes from a stranger: only https to public hosts is
 * asked, at every step of a redirect. Throws `AttachmentRefused`, and leaves no file behind then.
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
  // A header that promises less is not believed: `save` counts.
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
