import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import { send } from '../hubspot/axios'
import { addressesOf, type Lookup, type Target } from './target'
import type { Trail } from './trail'

/** The body is a stream. The caller must read it to the end or destroy it. */
export type Answer = { status: number; header: (name: string) => string | undefined; body: Readable }

/** Without keep-alive: a reused connection would bypass the address check. */
const agents = { httpAgent: new http.Agent(), httpsAgent: new https.Agent() }

/**
 * Sends one request and follows no redirect. It connects to the addresses that were checked, without a second look-up
 * that could return others. Throws `AttachmentRefused`, and `NoAnswer`.
 */
export async function request(target: Target, lookup: Lookup, trail: Trail): Promise<Answer> {
  const { deadline } = trail
  const addresses = await deadline.within(addressesOf(target, lookup, trail))
  const { status, headers, data } = await send<Readable>({
    ...agents,
    method: 'GET',
    url: target.url.href,
    headers: { accept: '*/*' },
    lookup: async () => [addresses.map(({ address }) => ({ address }))],
    responseType: 'stream',
    signal: deadline.signal,
  })
  deadline.progress()
  const header = (name: string): string | undefined => {
    const value: unknown = headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { status, header, body: data }
}
