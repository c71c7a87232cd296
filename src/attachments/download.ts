import { lookup as dnsLookup } from 'node:dns/promises'
import { startDeadline, type Deadline } from './deadline'
import { asRefused, follow, type Found } from './follow'
import { describeFile } from './names'
import { AttachmentRefused } from './refused'
import { save, TooLarge, type Saved } from './save'
import type { Lookup } from './target'

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
  /** Of a temporary file, to be removed by whoever asked for it. */
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
  const deadline = startDeadline({ totalMs, idleMs })
  try {
    const found = await follow(url, { allowLoopback, lookup }, deadline)
    const saved = await keep(found, options.maxBytes ?? MAX_BYTES, deadline)
    const { header } = found.answer
    const described = describeFile({
      disposition: header('content-disposition'),
      contentType: header('content-type'),
      urls: [url, found.url.href],
      title: options.title,
    })
    return { ...saved, ...described, isLinkHarmless: found.isLinkHarmless }
  } finally {
    deadline.end()
  }
}

const everyAddress: Lookup = (hostname) => dnsLookup(hostname, { all: true })

async function keep({ answer, isLinkHarmless }: Found, maxBytes: number, deadline: Deadline): Promise<Saved> {
  // A header that promises less is not believed: `save` counts.
  if (Number(answer.header('content-length')) > maxBytes) {
    answer.body.destroy()
    throw new AttachmentRefused('tooLarge', { isLinkHarmless, maxBytes })
  }
  const saved = await save(answer.body, maxBytes, deadline).catch((thrown: unknown) => {
    if (thrown instanceof TooLarge) throw new AttachmentRefused('tooLarge', { isLinkHarmless, maxBytes })
    throw asRefused(thrown, deadline, isLinkHarmless)
  })
  if (saved.size > 0) return saved
  await saved.remove()
  throw new AttachmentRefused('empty', { isLinkHarmless })
}
