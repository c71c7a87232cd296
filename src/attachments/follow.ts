import { codeOf } from '../exchange'
import type { Deadline } from './deadline'
import { utf8OfHeader } from './header-text'
import { AttachmentRefused, type RefusalReason } from './refused'
import { request, type Answer } from './request'
import { resolveTarget, type Lookup } from './target'

export type FollowOptions = { allowLoopback: boolean; lookup: Lookup }

/** What the link led to: an answer of success, and the address it came from. */
export type Found = { answer: Answer; url: URL; isLinkHarmless: boolean }

const MOST_REDIRECTS = 3

/** Asks a link and follows its redirects, each checked like the first. Throws `AttachmentRefused`. */
export async function follow(link: string, options: FollowOptions, deadline: Deadline): Promise<Found> {
  let next = link
  let isLinkHarmless = true
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const { target, answer } = await ask(next, options, deadline, isLinkHarmless)
    isLinkHarmless &&= !target.isLoopback
    const redirect = redirectOf(answer, target.url)
    if (redirect === undefined) return { answer: succeeded(answer, isLinkHarmless), url: target.url, isLinkHarmless }
    answer.body.destroy()
    next = redirect
  }
  // The next host was not looked up: nobody knows whether it is public.
  throw new AttachmentRefused('tooManyRedirects')
}

async function ask(link: string, { allowLoopback, lookup }: FollowOptions, deadline: Deadline, wasHarmless: boolean) {
  let isLinkHarmless = false
  try {
    const target = await deadline.within(resolveTarget(link, allowLoopback, lookup))
    isLinkHarmless = wasHarmless && !target.isLoopback
    const answer = await request(target, deadline.signal)
    deadline.progress()
    return { target, answer }
  } catch (thrown) {
    throw asRefused(thrown, deadline, isLinkHarmless)
  }
}

/** Of a failure under way only the code goes on: the rest may hold the address. */
export function asRefused(thrown: unknown, { signal }: Deadline, isLinkHarmless: boolean): AttachmentRefused {
  if (thrown instanceof AttachmentRefused) return thrown
  if (signal.aborted) return new AttachmentRefused('tooSlow', { isLinkHarmless })
  return new AttachmentRefused('unreachable', { isLinkHarmless, detail: codeOf(thrown) })
}

const REDIRECTS = new Set([301, 302, 303, 307, 308])

function redirectOf({ status, header }: Answer, from: URL): string | undefined {
  const location = header('location')
  if (!REDIRECTS.has(status) || location === undefined) return undefined
  const to = utf8OfHeader(location)
  return URL.canParse(to, from.href) ? new URL(to, from).href : to
}

function succeeded(answer: Answer, isLinkHarmless: boolean): Answer {
  const reason = refusalOf(answer)
  if (reason === undefined) return answer
  answer.body.destroy()
  throw new AttachmentRefused(reason, { isLinkHarmless, detail: answer.status })
}

function refusalOf({ status, header }: Answer): RefusalReason | undefined {
  if (status >= 400 && status < 500) return 'gone'
  if (status < 200 || status >= 300) return 'unreachable'
  // Asked for as it is. What is compressed nevertheless can be a thousand times as large when unpacked.
  return /^(identity)?$/i.test(header('content-encoding')?.trim() ?? '') ? undefined : 'compressed'
}
