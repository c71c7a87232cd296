import type { LookupFunction } from 'node:net'
import type { Readable } from 'node:stream'
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent'
import { exchange } from '../exchange'
import { LOOPBACK_ADDRESSES, type Target } from './target'

/** The body is a stream: whoever has the answer reads it to its end or destroys it. */
export type Answer = { status: number; header: (name: string) => string | undefined; body: Readable }

const HEADERS = { accept: '*/*', 'accept-encoding': 'identity' }

/**
 * Asks one target and follows nothing. The connection goes to the addresses that were checked, with no second look-up
 * that could answer otherwise; the agent checks them once more by a list of its own. Rejects with Node's error.
 */
export async function request(target: Target, signal: AbortSignal): Promise<Answer> {
  const answer = await exchange(target.url, { headers: HEADERS, agents: agents(target), signal })
  const header = (name: string): string | undefined => {
    const value = answer.headers[name]
    return typeof value === 'string' ? value : undefined
  }
  return { status: answer.statusCode ?? 0, header, body: answer }
}

/** One connection each: a kept one would be used again under another name. */
function agents({ addresses, isLoopback }: Target) {
  const options = {
    keepAlive: false,
    lookup: answering(addresses),
    allowIPAddressList: isLoopback ? [...LOOPBACK_ADDRESSES] : [],
  }
  return {
    http: new RequestFilteringHttpAgent(options),
    https: new RequestFilteringHttpsAgent(options),
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
