import type { Sandbox } from '../../assemble'
import type { Operation } from '../../botpress/operations'
import type { Call } from '../../http/call-log'
import type { Delivery } from '../../hubspot/webhooks/courier'
import type { CallDetails, CallsView, CallView, Party } from '../view'
import { groupsOf, type Cause, type Caused } from './groups'
import { bodyText, maskLinks, maskQuery } from './mask'
import { explainOperation, explainStatus, explainWebhook, meaningOfCall } from './meaning'

/** Marks the page's own requests, which the log leaves out. */
export const FROM_THE_PAGE = 'x-sandbox-page'

const SHOWN = 200

type Entry = Caused & { requestBody: string; responseBody: string }

/** Makes an entry of what a side has logged; undefined if the log leaves it out. */
type Read<T> = (made: T, id: number) => Entry | undefined

const WAYS: [from: Party, to: Party][] = [
  ['Botpress', 'Integration'],
  ['Integration', 'HubSpot'],
  ['HubSpot', 'Botpress'],
  ['Integration', 'Botpress'],
]

/** Every call between the three parties, whichever side logged it. */
export class Logbook {
  /** In the order in which they ended. An index is an id. */
  readonly #entries: Entry[] = []
  /** Every open window asks for it many times a second. */
  #view: CallsView | undefined
  readonly #ways: typeof WAYS

  constructor({ botpress, hubspot }: Sandbox) {
    const follow = <T>(past: readonly T[], log: { subscribe: (add: (made: T) => void) => void }, read: Read<T>) => {
      const add = (made: T): void => {
        const entry = read(made, this.#entries.length)
        if (entry) this.#entries.push(entry)
        this.#view = undefined
      }
      past.forEach(add)
      log.subscribe(add)
    }
    follow(botpress.operations, botpress.operations, operationEntry)
    follow(botpress.log.calls, botpress.log, callEntry('Botpress'))
    follow(hubspot.log.calls, hubspot.log, callEntry('HubSpot'))
    // A real account's webhooks are only visible where Botpress forwards them.
    if (hubspot.kind === 'stand-in') follow(hubspot.webhook.deliveries, hubspot.webhook, deliveryEntry)
    this.#ways = WAYS.filter(([from]) => hubspot.kind === 'stand-in' || from !== 'HubSpot')
  }

  view(): CallsView {
    return (this.#view ??= this.#look())
  }

  details(id: number): CallDetails | undefined {
    const entry = this.#entries[id]
    return entry && { request: bodyText(entry.requestBody), response: bodyText(entry.responseBody) }
  }

  #look(): CallsView {
    const calls = this.#entries.map(({ call }) => call)
    const counts = this.#ways.map(([from, to]) => ({
      from,
      to,
      count: calls.filter((call) => call.from === from && call.to === to).length,
    }))
    const latest = this.#entries.slice(-SHOWN)
    latest.sort((a, b) => a.call.at - b.call.at || rank(a) - rank(b) || a.call.id - b.call.id)
    return { counts, groups: groupsOf(latest) }
  }
}

/** Within the same millisecond, a cause comes before its effects. */
const rank = ({ call: { from }, cause }: Caused): number =>
  cause === undefined ? 1 + WAYS.findIndex(([caller]) => caller === from) : 0

/** Ids of threads, conversations, users and messages. */
const ID = /(?:conv|user|msg)_\w+|\b(?:\d{10,11}|[0-9a-f]{32})\b/g

const IDS_WITHIN = 10_000

type Ended = { status: number; requestBody: string; responseBody: string; durationMs: number }

function entryOf(
  call: Omit<CallView, 'outcome' | 'tone' | 'durationMs'>,
  cause: Cause | undefined,
  { status, requestBody, responseBody, durationMs }: Ended,
): Entry {
  const ids = new Set(`${call.call} ${requestBody.slice(0, IDS_WITHIN)}`.match(ID))
  return { call: { ...call, ...explainStatus(status, call.call), durationMs }, cause, ids, requestBody, responseBody }
}

function operationEntry(made: Operation, id: number): Entry {
  const { operation, type, startedAt: at } = made
  const call = operation === 'webhook_received' ? 'webhook' : [operation, type].filter(Boolean).join(': ')
  const { what, cause } = explainOperation(made)
  return entryOf({ id, from: 'Botpress', to: 'Integration', what, call, at }, cause, made)
}

const callEntry =
  (to: 'Botpress' | 'HubSpot'): Read<Call> =>
  (made, id) => {
    const { method, path, query, startedAt: at, requestHeaders } = made
    if (FROM_THE_PAGE in requestHeaders) return undefined
    const call = `${method} ${maskLinks(path)}${maskQuery(query)}`
    return entryOf({ id, from: 'Integration', to, what: meaningOfCall(to, method, path), call, at }, undefined, made)
  }

function deliveryEntry(made: Delivery, id: number): Entry {
  const { kind, body: requestBody, attempt, sentAt: at } = made
  const again = attempt === 0 ? '' : ` (attempt ${attempt + 1})`
  const call = `POST webhook of the ${kind}${again}`
  const { what, cause } = explainWebhook(requestBody)
  return entryOf({ id, from: 'HubSpot', to: 'Botpress', what, call, at }, cause, { ...made, requestBody })
}
