import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod/mini'
import { codeOf, exchange, textOf, type Ask } from '../exchange'
import { errorFromAnswer, HubSpotError, isHubSpotError } from './errors'
import { multipartBody, type Multipart } from './multipart'
import { delayBeforeRetry, RETRY_BUDGET_MS } from './retry-policy'

/** The bearer token of one portal. `renew` is told which token was refused, so that many callers renew it once. */
export type AccessTokens = { current: () => Promise<string>; renew: (refused: string) => Promise<string> }

type DeveloperKey = { hapikey: string; appId: string }

type Clock = { now: () => number; sleep: (ms: number) => Promise<void> }

export type HttpOptions = {
  apiUrl: string
  tokens: AccessTokens
  developerKey: DeveloperKey
  clock?: Clock
}

export type ApiCall<S extends z.ZodMiniType> = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  query?: Record<string, string | number>
  json?: unknown
  form?: Record<string, string>
  multipart?: Multipart
  auth: 'bearer' | 'developerKey' | 'none'
  /** See `Try.repeatable`; reads and deletions are repeatable by nature, the rest says so. */
  repeatable?: boolean
  /** Never tried again, whatever the failure. */
  once?: true
  /** For all tries together, in milliseconds, where a late answer is worth less than none. */
  budgetMs?: number
  answer: S
}

export type HubSpotHttp = <S extends z.ZodMiniType>(call: ApiCall<S>) => Promise<z.infer<S>>

const systemClock: Clock = { now: () => performance.now(), sleep: (ms) => sleep(ms) }

const ONE_TRY_MS = 10_000

/** 20 Mbit/s: a file has this much more time than other calls, as long as all tries together have some left. */
const UPLOADED_BYTES_PER_MS = 2500

/** Shared by all installations in this process: a warm connection saves two round trips a call. */
const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) }

/**
 * One call with authentication, retries (`delayBeforeRetry`) and a parsed answer.
 * Throws `HubSpotError`, whatever went wrong.
 */
export function createHttp({ apiUrl, tokens, developerKey, clock = systemClock }: HttpOptions): HubSpotHttp {
  return async (call) => {
    const started = clock.now()
    const { budgetMs = RETRY_BUDGET_MS } = call
    const repeatable = call.repeatable ?? (call.method === 'GET' || call.method === 'DELETE')
    for (let attempt = 0; ; attempt++) {
      const elapsedMs = clock.now() - started
      try {
        return parse(call.answer, await authorizedTry(call, budgetMs - elapsedMs))
      } catch (thrown) {
        if (!isHubSpotError(thrown) || call.once) throw thrown
        const delay = delayBeforeRetry(thrown, { attempt, elapsedMs: clock.now() - started, repeatable, budgetMs })
        if (delay === undefined) throw thrown
        await clock.sleep(delay)
      }
    }
  }

  async function authorizedTry(call: ApiCall<z.ZodMiniType>, timeLeftMs: number): Promise<unknown> {
    if (call.auth !== 'bearer') return oneTry(call, call.auth === 'developerKey' ? developerKey : {}, timeLeftMs)
    const token = await tokens.current()
    try {
      return await oneTry(call, {}, timeLeftMs, token)
    } catch (thrown) {
      // A 401 despite the clock happens when HubSpot ends a token early: worth one fresh token, not more.
      if (!isHubSpotError(thrown, 'auth') || thrown.status !== 401) throw thrown
      return oneTry(call, {}, timeLeftMs, await tokens.renew(token))
    }
  }

  async function oneTry(
    call: ApiCall<z.ZodMiniType>,
    credentials: DeveloperKey | Record<string, never>,
    timeLeftMs: number,
    bearer?: string,
  ): Promise<unknown> {
    const { body, headers } = bodyOf(call)
    const answer = await answerTo(urlOf(call, credentials), {
      method: call.method,
      headers: {
        accept: 'application/json',
        ...headers,
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      body,
      agents,
      withinMs: Math.max(1, Math.min(tryMs(call), timeLeftMs)),
    })
    if (answer.status >= 200 && answer.status < 300) return answer.content
    throw errorFromAnswer(answer.status, answer.headers, answer.content)
  }

  function urlOf({ path, query }: ApiCall<z.ZodMiniType>, credentials: Record<string, string>): URL {
    const url = new URL(`${apiUrl}${path}`)
    for (const [name, value] of Object.entries({ ...query, ...credentials })) url.searchParams.set(name, String(value))
    return url
  }
}

type Body = Pick<Ask, 'body' | 'headers'>

function bodyOf({ form, json, multipart }: ApiCall<z.ZodMiniType>): Body {
  if (multipart) return multipartBody(multipart)
  if (form) return textBody(new URLSearchParams(form).toString(), 'application/x-www-form-urlencoded')
  return json === undefined ? { headers: {} } : textBody(JSON.stringify(json), 'application/json')
}

const textBody = (body: string, type: string): Body => ({ body, headers: { 'content-type': type } })

async function answerTo(url: URL, ask: Ask) {
  try {
    const answer = await exchange(url, ask)
    return { status: answer.statusCode ?? 0, headers: answer.headers, content: contentOf(await textOf(answer)) }
  } catch (thrown) {
    throw noAnswer(codeOf(thrown))
  } finally {
    // HubSpot may have answered before it had all of a file.
    if (typeof ask.body !== 'string') ask.body?.destroy()
  }
}

/** What stands between us and HubSpot may answer something else than JSON. */
function contentOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const tryMs = ({ multipart }: ApiCall<z.ZodMiniType>): number =>
  ONE_TRY_MS + (multipart?.file.size ?? 0) / UPLOADED_BYTES_PER_MS

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/** Only the code goes on: it says enough, and holds neither token nor content. */
function noAnswer(code = 'no code'): HubSpotError {
  return new HubSpotError(`HubSpot did not answer (${code})`, {
    kind: 'unavailable',
    category: code,
    neverSent: NEVER_SENT.has(code),
  })
}

function parse<S extends z.ZodMiniType>(schema: S, body: unknown): z.infer<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'body').join(', ')
  throw new HubSpotError(`HubSpot's answer is not what its API description says (${where})`, { kind: 'unexpected' })
}
