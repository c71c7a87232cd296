import http from 'node:http'
import https from 'node:https'
import { pipeline, type Readable } from 'node:stream'

export type Ask = {
  method?: string
  headers: Record<string, string>
  /** A stream has to be of the length that the headers promise. It is destroyed when it is not needed any more. */
  body?: string | Readable | undefined
  agents: { http: http.Agent; https: https.Agent }
  /** Ends the exchange at any time, the body of the answer included. */
  signal?: AbortSignal
  /** Ends it as well, after so many milliseconds: what `AbortSignal.timeout` does, at a fraction of its cost. */
  withinMs?: number
}

/**
 * Asks once, by HTTP: nothing is followed, unpacked or tried again. The answer's body is a stream: whoever has it reads
 * it to its end or destroys it. Rejects with Node's own error, which has a `code`.
 */
export function exchange(url: URL, { body, withinMs, ...ask }: Ask): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = open(url, ask)
    asked.on('response', resolve)
    asked.on('error', reject)
    if (withinMs !== undefined) endWithin(withinMs, asked)
    if (body === undefined || typeof body === 'string') asked.end(body)
    else pipeline(body, asked, (thrown) => thrown && reject(thrown))
  })
}

function open(url: URL, { agents, headers, ...options }: Ask): http.ClientRequest {
  const all = { ...options, headers: { 'user-agent': 'botpress-hubspot-hitl', ...headers } }
  return url.protocol === 'http:'
    ? http.request(url, { ...all, agent: agents.http })
    : https.request(url, { ...all, agent: agents.https })
}

function endWithin(ms: number, asked: http.ClientRequest): void {
  const timer = setTimeout(() => asked.destroy(new TimeOver()), ms)
  asked.on('close', () => clearTimeout(timer))
}

class TimeOver extends Error {
  readonly code = 'ETIMEDOUT'
}

/** The whole body, as UTF-8. Rejects when it breaks off. */
export function textOf(answer: http.IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    answer.setEncoding('utf8')
    answer.on('data', (chunk: string) => {
      text += chunk
    })
    answer.on('end', () => resolve(text))
    answer.on('error', reject)
  })
}

/** Of what went wrong, the one part that holds neither address nor content. */
export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
