import { seededRandom } from '../../http/faults'
import { Listeners } from '../../listeners'
import type { HubSpotSwitches } from '../switches'
import { createPending, type Pending } from './pending'
import { signatureHeaders } from './sign'
import { createSlots } from './slots'

/** One try of one webhook. */
export type Delivery = {
  kind: 'app' | 'channel'
  url: string
  body: string
  headers: Record<string, string>
  /** Counts from 0, as attemptNumber does. */
  attempt: number
  /** 0 when no answer came: refused, cut or too late. */
  status: number
  responseBody: string
  /** Milliseconds since 1970. */
  sentAt: number
  durationMs: number
}

/** Tells which events get lost: they are not sent, and not repeated. */
export type Loss = (event: Record<string, unknown>) => boolean

export type Parcel = { kind: 'app' | 'channel'; url: string; bodyFor: (attempt: number) => string }

export type SendOptions = { signed?: true | false | 'wrong-secret'; timestamp?: number }

export type Courier = Pick<Pending, 'track' | 'settled' | 'stop'> & {
  deliveries: Delivery[]
  loses: Loss
  /** Calls the listener after each delivery. Returns a function that unsubscribes it. */
  subscribe: (listener: (delivery: Delivery) => void) => () => void
  send: (parcel: Parcel) => void
  /** Sends once as asked and resolves to the answer; not part of `deliveries`. */
  sendOnce: (url: string, body: unknown, options?: SendOptions) => Promise<{ status: number; body: string }>
}

const TRIES = 10
const IN_FLIGHT = 10
const SHUFFLE_WINDOW_MS = 40

type Setup = { switches: HubSpotSwitches; clientSecret: string; now: () => number }

export function createCourier(setup: Setup): Courier {
  const { switches, clientSecret, now } = setup
  const deliveries: Delivery[] = []
  const listeners = new Listeners<Delivery>()
  const pending = createPending()
  const slots = createSlots(IN_FLIGHT)
  const shuffleDelay = createShuffle(switches)
  const post = createPost(switches, pending.stopped)

  const attempt = async (parcel: Parcel, count: number): Promise<void> => {
    const { kind, url } = parcel
    const body = parcel.bodyFor(count)
    const sentAt = now()
    const headers = signatureHeaders(clientSecret, { url, body, timestamp: sentAt, withV1: kind === 'app' })
    const started = performance.now()
    const answer = await slots.run(() => post(url, body, headers).catch(() => ({ status: 0, body: '' })))
    if (pending.stopped.aborted) return undefined
    const { status, body: responseBody } = answer
    const durationMs = performance.now() - started
    const delivery = { kind, url, body, headers, attempt: count, status, responseBody, sentAt, durationMs }
    deliveries.push(delivery)
    listeners.tell(delivery)
    if ((status >= 200 && status < 300) || count + 1 >= TRIES) return undefined
    await pending.pause(switches.redeliveryDelayMs * (count + 1))
    return attempt(parcel, count + 1)
  }
  return {
    ...pending,
    deliveries,
    loses: () => false,
    subscribe: listeners.subscribe,
    send: (parcel) => {
      for (let copy = 0; copy < switches.deliverTimes; copy += 1) {
        pending.track(pending.pause(switches.webhookDelayMs + shuffleDelay()).then(() => attempt(parcel, 0)))
      }
    },
    sendOnce: (url, content, { signed = true, timestamp = now() } = {}) => {
      const body = typeof content === 'string' ? content : JSON.stringify(content)
      const secret = signed === 'wrong-secret' ? `not-${clientSecret}` : clientSecret
      return post(url, body, signed === false ? {} : signatureHeaders(secret, { url, body, timestamp }))
    },
  }
}

function createPost(switches: HubSpotSwitches, stopped: AbortSignal) {
  return async (url: string, body: string, signature: Record<string, string>) => {
    const headers = { 'content-type': 'application/json', ...signature }
    const signal = AbortSignal.any([stopped, AbortSignal.timeout(switches.webhookTimeoutMs)])
    // HubSpot follows no redirects: what is not 2xx is not delivered.
    const answer = await fetch(url, { method: 'POST', body, headers, signal, redirect: 'manual' })
    return { status: answer.status, body: await answer.text() }
  }
}

/** Delays that put webhooks out of order, the same ones for the same seed. */
function createShuffle(switches: HubSpotSwitches): () => number {
  let random: { seed: number; draw: () => number } | undefined
  return () => {
    const seed = switches.shuffle
    if (seed === undefined) return 0
    if (random?.seed !== seed) random = { seed, draw: seededRandom(seed) }
    return random.draw() * SHUFFLE_WINDOW_MS
  }
}
