import type { Sandbox } from '../../assemble'
import type { Operation } from '../../botpress/operations'
import type { Call } from '../../http/call-log'
import type { Delivery } from '../../hubspot/webhooks/courier'
import type { CallDetails, CallsView, Party } from '../view'
import { groupsOf, type Caused } from './groups'
import { bodyText, maskLinks, maskQuery } from './mask'
import { explainOperation, explainStatus, explainWebhook, meaningOfCall } from './meaning'

/** Marks the page's own requests, which the log leaves out. */
export const FROM_THE_PAGE = 'x-sandbox-page'

const SHOWN = 200

/** Older calls are forgotten. */
const KEPT = 2_000

type Entry = Omit<Caused, 'id'> & { requestBody: string; responseBody: string }

/** The parties that the integration calls. */
type Upstream = Exclude<Party, 'Integration'>

const WAYS: [from: Party, to: Party][] = [
  ['Botpress', 'Integration'],
  ['Integration', 'HubSpot'],
  ['HubSpot', 'Botpress'],
  ['Integration', 'Botpress'],
]

/** Every call between the three parties, whichever side logged it. */
export class Logbook {
  readonly #entries = new Map<number, Entry>()
  #nextId = 0
  /** Every open window asks for it many times a second. */
  #view: CallsView | undefined
  readonly #stops: (() => void)[]
  readonly #ways: typeof WAYS

  constructor({ botpress, hubspot }: Sandbox) {
    const add = (entry: Entry): void => {
      this.#entries.set(this.#nextId++, entry)
      this.#entries.delete(this.#nextId - 1 - KEPT)
      this.#view = undefined
    }
    const addCall = (to: Upstream) => (call: Call) => {
      if (!(FROM_THE_PAGE in call.requestHeaders)) add(callEntry(to, call))
    }
    // A real account's webhooks are only visible where Botpress forwards them.
    const courier = hubspot.kind === 'stand-in' ? hubspot.webhook : undefined
    this.#ways = courier ? WAYS : WAYS.filter(([from]) => from !== 'HubSpot')
    const addOperation = (operation: Operation) => add(operationEntry(operation))
    const addWebhook = (delivery: Delivery) => add(webhook(delivery))
    botpress.operations.forEach(addOperation)
    botpress.log.calls.forEach(addCall('Botpress'))
    hubspot.log.calls.forEach(addCall('HubSpot'))
    courier?.deliveries.forEach(addWebhook)
    this.#stops = [
      botpress.operations.subscribe(addOperation),
      botpress.log.subscribe(addCall('Botpress')),
      hubspot.log.subscribe(addCall('HubSpot')),
      ...(courier ? [courier.subscribe(addWebhook)] : []),
    ]
  }

  view(): CallsView {
    return (this.#view ??= this.#look())
  }

  #look(): CallsView {
    const all = [...this.#entries].map(([id, { requestBody: _request, responseBody: _response, ...shown }]) => ({
      id,
      ...shown,
    }))
    all.sort((a, b) => a.startedAt - b.startedAt || rank(a) - rank(b) || a.id - b.id)
    const counts = this.#ways.map(([from, to]) => ({
      from,
      to,
      count: all.filter((entry) => entry.from === from && entry.to === to).length,
    }))
    return { counts, groups: groupsOf(all.slice(-SHOWN)) }
  }

  details(id: number): CallDetails | undefined {
    const entry = this.#entries.get(id)
    return entry && { request: bodyText(entry.requestBody), response: bodyText(entry.responseBody) }
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }
}

/** Within the same millisecond, a cause comes before its effects. */
const rank = ({ from, cause }: Caused | Entry): number =>
  cause === undefined ? 1 + WAYS.findIndex(([caller]) => caller === from) : 0

type Times = Pick<Entry, 'startedAt' | 'durationMs' | 'requestBody' | 'responseBody'> & { status: number }

type Known = Pick<Entry, 'from' | 'to' | 'what' | 'call' | 'cause'>

function entryOf(known: Known, { status, startedAt, durationMs, requestBody, responseBody }: Times): Entry {
  const ids = new Set(`${known.call} ${requestBody.slice(0, IDS_WITHIN)}`.match(ID))
  const outcome = explainStatus({ status, call: known.call })
  return { ...known, ...outcome, ids, startedAt, durationMs, requestBody, responseBody }
}

/** Ids of threads, conversations, users and messages. */
const ID = /(?:conv|user|msg)_\w+|\b(?:\d{10,11}|[0-9a-f]{32})\b/g

const IDS_WITHIN = 10_000

function operationEntry(operation: Operation): Entry {
  const { operation: name, type } = operation
  const call = name === 'webhook_received' ? 'webhook' : [name, type].filter(Boolean).join(': ')
  const { what, cause } = explainOperation(operation)
  return entryOf({ from: 'Botpress', to: 'Integration', what, call, cause: cause ? { cause } : undefined }, operation)
}

function callEntry(to: Upstream, made: Call): Entry {
  const { method, path, query } = made
  const call = `${method} ${maskLinks(path)}${maskQuery(query)}`
  return entryOf({ from: 'Integration', to, what: meaningOfCall(to, method, path), call, cause: undefined }, made)
}

function webhook(delivery: Delivery): Entry {
  const { kind, body, attempt, sentAt } = delivery
  const again = attempt === 0 ? '' : ` (attempt ${attempt + 1})`
  const call = `POST webhook of the ${kind === 'app' ? 'app' : 'channel'}${again}`
  const times = { ...delivery, startedAt: sentAt, requestBody: body }
  return entryOf({ from: 'HubSpot', to: 'Botpress', call, ...explainWebhook(body) }, times)
}
