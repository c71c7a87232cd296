import { randomUUID } from 'node:crypto'
import { lookup as dnsLookup } from 'node:dns/promises'
import { open, rm } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { codeOf, send } from '../hubspot/axios'
import { describeFile, utf8OfHeader } from './names'
import { AttachmentRefused, type RefusalReason } from './refused'
import { addressesOf, readLink, type Lookup, type Target } from './target'

export type DownloadOptions = {
  /** Allows links to this machine, over http and on any port: a sandbox keeps its files here. */
  allowLoopback?: boolean
  /** The file's title in the message. */
  title?: string | undefined
  /** Default: 25 MB. */
  maxBytes?: number
  /** The time for all of it, in milliseconds. Default: 15 seconds. */
  totalMs?: number
  lookup?: Lookup
}

export type Downloaded = {
  /** Path of a temporary file. */
  path: string
  /** The caller removes the file. */
  remove: () => Promise<void>
  /** In bytes, counted while downloading. */
  size: number
  fileName: string
  contentType: string
  /** See `AttachmentRefused.isLinkHarmless`. */
  isLinkHarmless: boolean
}

const MAX_BYTES = 25_000_000
const MAX_REDIRECTS = 3

/** Without keep-alive: a reused connection would bypass the address check. */
const agents = { httpAgent: new http.Agent(), httpsAgent: new https.Agent() }

/**
 * Downloads a link into a temporary file. The link is untrusted: every request, also after a redirect, must be https to
 * a public host, and it ends in time whatever the server does. Throws `AttachmentRefused`, and then leaves no file.
 */
export async function download(link: string, options: DownloadOptions = {}): Promise<Downloaded> {
  const { title, maxBytes = MAX_BYTES, totalMs = 15_000 } = options
  const signal = totalMs > 0 ? AbortSignal.timeout(Math.ceil(totalMs)) : AbortSignal.abort()
  const visited: Target[] = []
  const isLinkHarmless = () => visited.every(({ isPublic }) => isPublic)
  try {
    // A look-up cannot be aborted.
    const { url, header, body } = await Promise.race([follow(link, options, signal, visited), rejectedBy(signal)])
    const saved = await save(body, Number(header('content-length')), maxBytes, signal)
    const described = describeFile({
      disposition: header('content-disposition'),
      contentType: header('content-type'),
      urls: [link, url.href],
      title,
    })
    return { ...saved, ...described, isLinkHarmless: isLinkHarmless() }
  } catch (thrown) {
    const refused = asRefused(thrown, signal)
    refused.isLinkHarmless = !refused.isOfLink && isLinkHarmless()
    throw refused
  }
}

/** Only the code of any other error is kept: the rest may contain the link. */
function asRefused(thrown: unknown, { aborted }: AbortSignal): AttachmentRefused {
  if (thrown instanceof AttachmentRefused) return thrown
  return aborted ? new AttachmentRefused('tooSlow') : new AttachmentRefused('unreachable', codeOf(thrown))
}

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', reject, { once: true }))

const everyAddress: Lookup = (hostname) => dnsLookup(hostname, { all: true })

/** The body is a stream, to be read to the end or destroyed. */
type Answer = { url: URL; status: number; header: (name: string) => string | undefined; body: Readable }

/** The answer that a link leads to. Each redirect is checked like the link itself. */
async function follow(
  link: string,
  { allowLoopback = false, lookup = everyAddress }: DownloadOptions,
  signal: AbortSignal,
  visited: Target[],
): Promise<Answer> {
  let next = link
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const target = readLink(next, allowLoopback)
    visited.push(target)
    signal.throwIfAborted()
    const answer = await request(target, lookup, signal)
    const redirect = redirectOf(answer)
    if (redirect === undefined) return succeeded(answer)
    answer.body.destroy()
    next = redirect
  }
  throw new AttachmentRefused('tooManyRedirects')
}

/** One request to the addresses that were checked, without a second look-up that could return others. */
async function request(target: Target, lookup: Lookup, signal: AbortSignal): Promise<Answer> {
  const { url } = target
  const addresses = await addressesOf(target, lookup)
  const { status, headers, data } = await send<Readable>({
    ...agents,
    method: 'GET',
    url: url.href,
    headers: { accept: '*/*' },
    lookup: async () => [addresses.map(({ address }) => ({ address }))],
    responseType: 'stream',
    signal,
  })
  const header = (name: string): string | undefined => {
    const value: unknown = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { url, status, header, body: data }
}

function redirectOf({ url, status, header }: Answer): string | undefined {
  const location = header('location')
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined) return undefined
  const to = utf8OfHeader(location)
  return URL.canParse(to, url.href) ? new URL(to, url.href).href : to
}

function succeeded(answer: Answer): Answer {
  const reason = refusalOf(answer)
  if (reason === undefined) return answer
  answer.body.destroy()
  throw new AttachmentRefused(reason, answer.status)
}

function refusalOf({ status, header }: Answer): RefusalReason | undefined {
  if (status >= 400 && status < 500) return 'gone'
  if (status < 200 || status >= 300) return 'unreachable'
  // We ask for uncompressed content. A compressed body could be a thousand times larger once unpacked.
  return /^(identity)?$/i.test(header('content-encoding')?.trim() ?? '') ? undefined : 'compressed'
}

/** Writes a stream, chunk by chunk, to a temporary file that other users can neither read nor predict. */
async function save(body: Readable, announcedBytes: number, maxBytes: number, signal: AbortSignal) {
  const path = join(tmpdir(), `hubspot-hitl-${randomUUID()}`)
  const remove = () => rm(path, { force: true })
  let size = 0
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      size += chunk.length
      if (size > maxBytes) throw new AttachmentRefused('tooLarge')
      yield chunk
    }
  }
  try {
    // Fails early only. The header may be wrong, so the bytes are counted.
    if (announcedBytes > maxBytes) throw new AttachmentRefused('tooLarge')
    const file = await open(path, 'wx', 0o600)
    await pipeline(body, counted, file.createWriteStream(), { signal })
    if (size === 0) throw new AttachmentRefused('empty')
    return { path, size, remove }
  } catch (thrown) {
    body.destroy()
    await remove()
    throw thrown
  }
}
