import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod/mini'
import { codeOf, send, upload, type HttpRequest, type Multipart } from './axios'
import { withoutIds } from './endpoints'
import { errorFromAnswer, HubSpotError, isHubSpotError } from './errors'
import { callsOf, type Clock, type Priority } from './limit'
import { delayBeforeRetry, inTime, pauseOf, RETRY_BUDGET_MS } from './retry-policy'
import { page, pathsOf } from './schemas'

/** The bearer token of one portal. `renew` takes the token that was refused, so that many callers renew it once. */
export type AccessTokens = { current: () => Promise<string>; renew: (refused: string) => Promise<string> }

export type HttpOptions = {
  apiUrl: string
  tokens: AccessTokens
  developerKey: { hapikey: string; appId: string }
  /** Calls in the same portal wait for each other once HubSpot limits them. */
  portalId?: string | undefined
  clock?: Clock
}

export type ApiCall<S extends z.ZodMiniType> = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  path: string
  query?: Record<string, string | number>
  json?: unknown
  form?: Record<string, string>
  multipart?: Multipart
  /** The default is `bearer`. */
  auth?: 'bearer' | 'developerKey' | 'none'
  /** See `Try.repeatable`. Only what creates something is not repeatable unless it says so. */
  repeatable?: boolean
  /** Never retried, whatever the failure. */
  once?: true
  /** Which call goes first at HubSpot's limit: `other` unless it says so. */
  priority?: Priority
  /** All tries together and their access token, in milliseconds, where a late answer is worth less than none. */
  budgetMs?: number
  answer: S
}

export type HubSpotHttp = <S extends z.ZodMiniType>(call: ApiCall<S>) => Promise<z.infer<S>>

const systemClock: Clock = { now: () => performance.now(), sleep: (ms) => sleep(ms) }

const ONE_TRY_MS = 10_000

/** 20 Mbit/s: an upload gets this much more time than other calls, within the budget of all tries. */
const UPLOADED_BYTES_PER_MS = 2500

/** HubSpot's largest answers are pages of a few hundred KB. */
const MOST_BYTES = 10_000_000

/** Shared by all installations in this process: a warm connection saves two round trips a call. */
const agents = { httpAgent: new http.Agent({ keepAlive: true }), httpsAgent: new https.Agent({ keepAlive: true }) }

/** One call with authentication, retries and a parsed answer. Throws `HubSpotError`, whatever went wrong. */
export function createHttp({ apiUrl, tokens, developerKey, portalId, clock = systemClock }: HttpOptions): HubSpotHttp {
  const calls = callsOf(portalId === undefined ? Symbol('no portal') : `${developerKey.appId} ${portalId}`, clock)
  return async (call) => {
    const { budgetMs = RETRY_BUDGET_MS, repeatable = call.method !== 'POST' } = call
    const started = clock.now()
    const elapsed = () => clock.now() - started
    for (let attempt = 0; ; attempt++) {
      await calls.turn(call.priority ?? 'other', budgetMs - elapsed())
      try {
        const answer = parse(call, await authorizedTry(call, () => budgetMs - elapsed()))
        calls.passed()
        return answer
      } catch (thrown) {
        const error = !call.once && isHubSpotError(thrown) ? thrown : undefined
        const pause = error?.kind === 'rateLimit' ? pauseOf(error, attempt) : undefined
        if (error === undefined || pause === undefined) calls.passed()
        else calls.refused(error, pause)
        const delay = error && delayBeforeRetry(error, { attempt, elapsedMs: elapsed(), repeatable, budgetMs })
        if (delay === undefined) throw thrown
        // The next turn waits for a pause.
        if (pause === undefined) await clock.sleep(delay)
      }
    }
  }

  async function authorizedTry(call: AnyCall, timeLeftMs: () => number): Promise<unknown> {
    const tryWith = (authorization: Authorization) => oneTry(apiUrl, call, authorization, timeLeftMs())
    if (call.auth === 'none') return tryWith({})
    if (call.auth === 'developerKey') return tryWith({ query: developerKey })
    const bearer = (token: string) => tryWith({ headers: { authorization: `Bearer ${token}` } })
    const token = await within(timeLeftMs(), tokens.current())
    try {
      return await bearer(token)
    } catch (thrown) {
      // HubSpot can end a token before its time: worth one fresh token, not more.
      if (call.once || !isHubSpotError(thrown, 'auth') || thrown.status !== 401) throw thrown
      return bearer(await within(timeLeftMs(), tokens.renew(token)))
    }
  }
}

type AnyCall = ApiCall<z.ZodMiniType>

type Authorization = { query?: Record<string, string>; headers?: Record<string, string> }

async function oneTry(apiUrl: string, call: AnyCall, { query, headers }: Authorization, timeLeftMs: number) {
  const { method, path, form, json, multipart } = call
  const url = new URL(`${apiUrl}${path}`)
  for (const [name, value] of Object.entries({ ...call.query, ...query })) url.searchParams.set(name, String(value))
  const ms = Math.min(timeLeftMs, ONE_TRY_MS + (multipart?.file.size ?? 0) / UPLOADED_BYTES_PER_MS)
  const request: HttpRequest = {
    ...agents,
    method,
    url: url.href,
    headers: { accept: 'application/json', ...headers },
    maxContentLength: MOST_BYTES,
    signal: AbortSignal.timeout(Math.max(1, Math.ceil(ms))),
  }
  const data = form ? new URLSearchParams(form) : json
  const sent = multipart ? upload(multipart, request) : send({ ...request, data })
  const answer = await sent.catch((thrown: unknown) => {
    throw noAnswer(codeOf(thrown))
  })
  if (answer.status >= 200 && answer.status < 300) return answer.data
  throw errorFromAnswer(answer.status, answer.headers, answer.data)
}

/** A token is being refreshed on behalf of all callers; each of them waits no longer than its own budget. */
const within = <T>(ms: number, work: Promise<T>): Promise<T> =>
  inTime(work, ms, () => {
    throw noAnswer('ETIMEDOUT')
  })

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

const noAnswer = (code = 'no code'): HubSpotError =>
  new HubSpotError(`HubSpot did not answer (${code})`, {
    kind: 'unavailable',
    category: code,
    neverSent: NEVER_SENT.has(code),
  })

function parse<S extends z.ZodMiniType>({ answer, method, path }: ApiCall<S>, body: unknown): z.infer<S> {
  const parsed = answer.safeParse(body)
  if (parsed.success) return parsed.data
  const where = `${pathsOf(parsed.error)} of ${method} ${withoutIds(path)}`
  throw new HubSpotError(`HubSpot's answer cannot be read: ${where}`, { kind: 'unreadable', where })
}

/** Called with where an entry of a list could not be read; none of the entry's values are in it. */
export type OnDropped = (where: string) => void

/** No list of an app or account is longer than this. */
const MOST_PAGES = 50

type Listing<T extends z.ZodMiniType> = Pick<ApiCall<T>, 'path' | 'query' | 'auth' | 'budgetMs'> & {
  entry: T
  onDropped: OnDropped
  mostPages?: number
}

/** Reads a listing to its end, page by page; `budgetMs` is for each page. Throws `HubSpotError`. */
export async function listAll<T extends z.ZodMiniType>(
  call: HubSpotHttp,
  { query, entry, onDropped, mostPages = MOST_PAGES, ...listing }: Listing<T>,
): Promise<z.infer<T>[]> {
  const all: z.infer<T>[] = []
  const seen = new Set<string>()
  for (let after: string | undefined; seen.size < mostPages; seen.add(after)) {
    const onPage = after === undefined ? {} : { after }
    const read = await call({ ...listing, method: 'GET', query: { ...query, ...onPage }, answer: page(entry) })
    all.push(...read.results)
    for (const dropped of read.dropped) onDropped(`${dropped} of GET ${withoutIds(listing.path)}`)
    after = read.after
    // A page that was read before would be followed by the same pages again.
    if (after === undefined || seen.has(after)) break
  }
  return all
}
