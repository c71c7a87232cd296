import type { Sandbox } from '../../assemble'
import type { Operation } from '../../botpress/operations'
import type { Call, CallLog, CallUnderWay } from '../../http/call-log'
import type { Delivery } from '../../hubspot/webhooks/courier'
import type { CallDetails, CallsView, CallView, Party, WaitingCallView } from '../view'
import { bodyText } from './body-text'
import { maskLinks, maskQuery } from './mask'
import { meaningOfBotpressCall, meaningOfHubSpotCall, meaningOfOperation } from './meaning'
import { webhookText } from './webhook-text'

/** Marks the page's own requests, which the log leaves out. */
export const FROM_THE_PAGE = 'x-sandbox-page'

const SHOWN = 200

/** Older calls are forgotten. */
const KEPT = 2_000

/** Slower calls are shown before they end. */
const SLOW_MS = 300

/** How early a timer can fire, by the clock of the call log. */
const TIMER_IS_EARLY_MS = 20

type Entry = Omit<CallView, 'id'> & { requestBody: string; responseBody: string }

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
  readonly #stops: (() => void)[]
  readonly #ways: typeof WAYS
  readonly #logs: { to: Upstream; log: CallLog }[]

  constructor({ botpress, hubspot }: Sandbox, changed: () => void) {
    const add = (entry: Entry): void => {
      this.#entries.set(this.#nextId++, entry)
      this.#entries.delete(this.#nextId - 1 - KEPT)
      changed()
    }
    this.#logs = [
      { to: 'Botpress', log: botpress.log },
      { to: 'HubSpot', log: hubspot.log },
    ]
    const addCall = (to: Upstream, call: Call): void => {
      if (!(FROM_THE_PAGE in call.requestHeaders)) add(endedCall(to, call))
    }
    for (const operation of botpress.operations) add(operationEntry(operation))
    for (const { to, log } of this.#logs) for (const call of log.calls) addCall(to, call)
    // A real account's webhooks are only visible where Botpress forwards them.
    const courier = hubspot.kind === 'stand-in' ? hubspot.webhook : undefined
    this.#ways = courier ? WAYS : WAYS.filter(([from]) => from !== 'HubSpot')
    for (const delivery of courier?.deliveries ?? []) add(webhook(delivery))
    const tellIfSlow = (log: CallLog, call: CallUnderWay) =>
      void setTimeout(() => log.underWay.has(call) && changed(), SLOW_MS + TIMER_IS_EARLY_MS).unref()
    this.#stops = [
      ...this.#logs.flatMap(({ to, log }) => [
        log.onBegin((call) => tellIfSlow(log, call)),
        log.subscribe((call) => addCall(to, call)),
      ]),
      botpress.operations.subscribe((operation) => add(operationEntry(operation))),
      ...(courier ? [courier.subscribe((delivery) => add(webhook(delivery)))] : []),
    ]
  }

  view(): CallsView {
    const all = [...this.#entries].map(([id, { requestBody: _request, responseBody: _response, ...shown }]) => ({
      id,
      ...shown,
    }))
    const latest = all.sort((a, b) => a.startedAt - b.startedAt || a.id - b.id).slice(-SHOWN)
    const counts = this.#ways.map(([from, to]) => ({
      from,
      to,
      count: all.filter((entry) => entry.from === from && entry.to === to).length,
    }))
    return { counts, latest, underWay: this.#underWay() }
  }

  details(id: number): CallDetails | undefined {
    const entry = this.#entries.get(id)
    return entry && { request: bodyText(entry.requestBody), response: bodyText(entry.responseBody) }
  }

  #underWay(): WaitingCallView[] {
    const before = Date.now() - SLOW_MS
    const waiting = this.#logs.flatMap(({ to, log }) => [...log.underWay].map((call) => waitingCall(to, call)))
    return waiting.filter(({ startedAt }) => startedAt <= before).sort((a, b) => a.startedAt - b.startedAt)
  }

  stop(): void {
    for (const stop of this.#stops) stop()
  }
}

function operationEntry({ operation, type, ...rest }: Operation): Entry {
  const call = type === undefined ? operation : `${operation}: ${type}`
  return { from: 'Botpress', to: 'Integration', what: meaningOfOperation(operation, type), call, ...rest }
}

function endedCall(to: Upstream, call: Call): Entry {
  const { status, durationMs, requestBody, responseBody } = call
  return { ...waitingCall(to, call), status, durationMs, requestBody, responseBody }
}

function waitingCall(to: Upstream, { method, path, query, startedAt }: CallUnderWay): WaitingCallView {
  const meaningOf = to === 'Botpress' ? meaningOfBotpressCall : meaningOfHubSpotCall
  const call = `${method} ${maskLinks(path)}${maskQuery(query)}`
  return { from: 'Integration', to, what: meaningOf(method, path), call, startedAt }
}

function webhook({ kind, body, attempt, status, sentAt, durationMs, responseBody }: Delivery): Entry {
  const again = attempt === 0 ? '' : ` (attempt ${attempt + 1})`
  const call = `POST webhook of the ${kind === 'app' ? 'app' : 'channel'}${again}`
  const what = webhookText(body)
  const bodies = { requestBody: body, responseBody }
  return { from: 'HubSpot', to: 'Botpress', what, call, status, startedAt: sentAt, durationMs, ...bodies }
}
