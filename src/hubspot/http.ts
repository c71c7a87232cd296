import axios, { type AxiosResponse } from 'axios'
import http from 'node:http'
import https from 'node:https'
import { setTimeout as sleep } from 'node:timers/promises'
import type * as z from 'zod/mini'
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
const connections = axios.create({
  httpAgent: new http.Agent({ keepAlive: true }),
  httpsAgent: new https.Agent({ keepAlive: true }),
  maxRedirects: 0,
  validateStatus: () => true,
})

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
        if (!isHubSpotError(thrown)) throw thrown
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
    const { data, headers, discard } = bodyOf(call)
    const answer = await connections
      .request<unknown>({
        baseURL: apiUrl,
        url: call.path,
        method: call.method,
        params: { ...call.query, ...credentials },
        data,
        headers: bearer ? { ...headers, authorization: `Bearer ${bearer}` } : headers,
        timeout: Math.max(1, Math.min(tryMs(call), timeLeftMs)),
      })
      .catch((thrown: unknown) => {
        throw noAnswer(thrown)
      })
      .finally(discard)
    if (isSuccess(answer)) return answer.data
    throw errorFromAnswer(answer.status, answer.headers, answer.data)
  }
}

/** `discard` lets go of a file that was not read to its end. */
function bodyOf({ form, json, multipart }: ApiCall<z.ZodMiniType>): {
  data: unknown
  headers: Record<string, string>
  discard: () => void
} {
  if (multipart === undefined) return { data: form ? new URLSearchParams(form) : json, headers: {}, discard: () => {} }
  const { stream, headers } = multipartBody(multipart)
  return { data: stream, headers, discard: () => stream.destroy() }
}

const tryMs = ({ multipart }: ApiCall<z.ZodMiniType>): number =>
  ONE_TRY_MS + (multipart?.file.size ?? 0) / UPLOADED_BYTES_PER_MS

const isSuccess = ({ status }: AxiosResponse): boolean => status >= 200 && status < 300

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])

/** axios' error holds the request with its token: only its code goes on. */
function noAnswer(thrown: unknown): HubSpotError {
  const code = axios.isAxiosError(thrown) ? (thrown.code ?? 'no code') : 'no code'
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
