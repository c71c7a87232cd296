import { utf8OfHeader } from './headers'
import type { RefusalReason } from './refused'
import { request, type Answer } from './request'
import { readLink, type Lookup } from './target'
import type { Trail } from './trail'

export type FollowOptions = { allowLoopback: boolean; lookup: Lookup }

/** A successful answer and the URL it came from. */
export type Found = { answer: Answer; url: URL }

const MAX_REDIRECTS = 3

/**
 * Requests a link and follows its redirects. Each redirect is checked like the link itself. Throws `AttachmentRefused`.
 */
export async function follow(link: string, { allowLoopback, lookup }: FollowOptions, trail: Trail): Promise<Found> {
  let next = link
  for (let redirects = 0; ; redirects++) {
    trail.reachesHost()
    if (redirects > MAX_REDIRECTS) throw trail.refused('tooManyRedirects')
    const target = readLink(next, allowLoopback)
    const answer = await request(target, lookup, trail).catch((thrown: unknown) => {
      throw trail.failed(thrown)
    })
    const redirect = redirectOf(answer, target.url)
    if (redirect === undefined) return { answer: succeeded(answer, trail), url: target.url }
    answer.body.destroy()
    next = redirect
  }
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

function redirectOf({ status, header }: Answer, from: URL): string | undefined {
  const location = header('location')
  if (!REDIRECTS.has(status) || location === undefined) return undefined
  const to = utf8OfHeader(location)
  return URL.canParse(to, from.href) ? new URL(to, from).href : to
}

function succeeded(answer: Answer, trail: Trail): Answer {
  const reason = refusalOf(answer)
  if (reason === undefined) return answer
  answer.body.destroy()
  throw trail.refused(reason, { detail: answer.status })
}

function refusalOf({ status, header }: Answer): RefusalReason | undefined {
  if (status >= 400 && status < 500) return 'gone'
  if (status < 200 || status >= 300) return 'unreachable'
  // We ask for uncompressed content. A compressed body could be a thousand times larger once unpacked.
  return /^(identity)?$/i.test(header('content-encoding')?.trim() ?? '') ? undefined : 'compressed'
}
