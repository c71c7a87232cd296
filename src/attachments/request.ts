import axios from 'axios'
import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { LOOPBACK_ADDRESSES, type Target } from './target'

/** The body is a stream: whoever has the answer reads it to its end or destroys it. */
export type Answer = { status: number; header: (name: string) => string | undefined; body: Readable }

/**
 * Asks one target and follows nothing. The connection goes to the addresses that were checked, with no second look-up
 * that could answer otherwise; the agent checks them once more by a list of its own. Rejects with axios' error.
 */
export async function request(target: Target, signal: AbortSignal): Promise<Answer> {
  const answer = await axios.get<Readable>(target.url.href, {
    ...agents(target),
    responseType: 'stream',
    maxRedirects: 0,
    proxy: false,
    decompress: false,
    validateStatus: () => true,
    headers: { accept: '*/*', 'accept-encoding': 'identity', 'user-agent': 'botpress-hubspot-hitl' },
    signal,
  })
  const header = (name: string): string | undefined => {
    const value: unknown = answer.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { status: answer.status, header, body: answer.data }
}

/** One connection each: a kept one would be used again under another name. */
function agents({ addresses, isLoopback }: Target) {
  const options = {
    keepAlive: false,
    lookup: answering(addresses),
    allowIPAddressList: isLoopback ? [...LOOPBACK_ADDRESSES] : [],
  }
  return {
    httpAgent: new RequestFilteringHttpAgent(options),
    httpsAgent: new RequestFilteringHttpsAgent(options),
  }
}

const answering =
  (addresses: Target['addresses']): LookupFunction =>
  (_hostname, { all }, done) => {
    const [first] = addresses
    if (all) done(null, [...addresses])
    else if (first) done(null, first.address, first.family)
    else done(new Error('No address'), '')
  }
