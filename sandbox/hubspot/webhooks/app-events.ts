import { setTimeout as sleep } from 'node:timers/promises'
import { shuffled } from '../../http/faults'
import type { HubSpotOptions } from '../options'
import type { Json } from '../shapes/shape'
import { shapedAppEvent } from '../shapes/webhooks'
import type { Ids } from '../state/ids'
import type { HubSpotSwitches } from '../switches'
import type { Courier } from './courier'

/** The app's subscriptions; a property has one of its own. */
const subscriptions = {
  'conversation.creation': 21,
  'conversation.deletion': 22,
  'conversation.privacyDeletion': 23,
  'conversation.newMessage': 24,
  'conversation.propertyChange': { assignedTo: 25, status: 26, isArchived: 27 },
}

type Facts =
  | { subscriptionType: 'conversation.creation'; changeFlag: 'NEW' }
  | { subscriptionType: 'conversation.deletion' | 'conversation.privacyDeletion' }
  | {
      subscriptionType: 'conversation.newMessage'
      messageId: string
      messageType: 'MESSAGE' | 'COMMENT'
      changeFlag: 'NEW_MESSAGE'
    }
  | {
      subscriptionType: 'conversation.propertyChange'
      propertyName: keyof (typeof subscriptions)['conversation.propertyChange']
      propertyValue: string
    }

export type AppEvent = Facts & {
  portalId: number
  threadId: string
  changeSource: string
  sourceId?: string | undefined
}

export type AppEvents = {
  /** Where the events of all threads of the portal go; without it none are sent. */
  targetUrl: string | undefined
  tell: (event: AppEvent) => void
}

const BATCH_WINDOW_MS = 10
const BATCH_SIZE = 100

type Setup = { courier: Courier; switches: HubSpotSwitches; ids: Ids; options: HubSpotOptions }

export function createAppEvents({ courier, switches, ids, options }: Setup): AppEvents {
  const waiting: { url: string; event: Json }[] = []

  const sendBatches = async () => {
    await sleep(BATCH_WINDOW_MS)
    while (waiting.length > 0) sendBatch()
  }
  const sendBatch = () => {
    const first = waiting[0]
    if (first === undefined) return
    const sameUrl = waiting.findIndex(({ url }) => url !== first.url)
    const length = Math.min(BATCH_SIZE, sameUrl === -1 ? waiting.length : sameUrl)
    const events = waiting.splice(0, length).map(({ event }) => event)
    const ordered = switches.shuffle === undefined ? events : shuffled(events, switches.shuffle)
    const bodyFor = (attempt: number) =>
      JSON.stringify(ordered, (key, value: unknown) => (key === 'attemptNumber' ? attempt : value))
    courier.send({ kind: 'app', url: first.url, bodyFor })
  }
  const appEvents: AppEvents = {
    targetUrl: undefined,
    tell: ({ threadId, ...facts }) => {
      const url = appEvents.targetUrl
      if (url === undefined || switches.eventsOff[nameOf(facts)] !== undefined) return
      const event = {
        eventId: Number(ids.next('event')),
        subscriptionId: subscriptionOf(facts),
        appId: Number(options.app.appId),
        occurredAt: options.now(),
        attemptNumber: 0,
        objectId: Number(threadId),
        ...facts,
      }
      if (courier.loses(event)) return
      waiting.push({ url, event: shapedAppEvent(event, switches.webhooks) })
      if (waiting.length === 1) courier.track(sendBatches())
    },
  }
  return appEvents
}

/** As people call a subscription. */
const nameOf = (event: { subscriptionType: string; propertyName?: string }): string =>
  event.propertyName === undefined ? event.subscriptionType : `${event.subscriptionType} of ${event.propertyName}`

/** What the app subscribes to, as the webhooks API lists it. */
export const subscribed = ({ eventsOff }: Pick<HubSpotSwitches, 'eventsOff'>) =>
  Object.entries(subscriptions)
    .flatMap(([eventType, id]) =>
      typeof id === 'number'
        ? [{ id: String(id), eventType }]
        : Object.entries(id).map(([propertyName, each]) => ({ id: String(each), eventType, propertyName })),
    )
    .map((each) => ({ ...each, off: eventsOff[nameOf({ subscriptionType: each.eventType, ...each })] }))
    .filter(({ off }) => off !== 'missing')
    .map(({ off, ...each }) => ({ ...each, active: off === undefined, createdAt: '2025-02-03T10:00:00.000Z' }))

function subscriptionOf(facts: Facts): number {
  return facts.subscriptionType === 'conversation.propertyChange'
    ? subscriptions[facts.subscriptionType][facts.propertyName]
    : subscriptions[facts.subscriptionType]
}
