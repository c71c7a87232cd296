import type * as bp from '../bp'
import { agentAssigned } from '../events/agent-assigned'
import { agentMessage } from '../events/agent-message'
import type { EventProps, WebhookEvent } from '../events/event'
import { threadEnded } from '../events/thread-ended'
import { inTurn, sideBySide, untilLate } from '../installation/async'
import { connectionOf, type Connection } from '../installation/connection'
import { disconnectedInboxes } from '../installation/explain'
import type { ParsedWebhook, LostAccount, UnreadableEntry } from './parse'

/** HubSpot waits five seconds for a batch, so threads are handled concurrently; more would strain its rate limit. */
const MOST_THREADS_AT_ONCE = 25

/** One line per kind of event. */
function handle(event: WebhookEvent, props: EventProps): Promise<void> {
  switch (event.kind) {
    case 'agentMessage':
      return agentMessage(event, props)
    case 'assigned':
      return agentAssigned(event, props)
    case 'ended':
      return threadEnded(event, props)
  }
}

/**
 * Handles the events that are meant for this app: each thread's in the order in which they happened. A failure ends its
 * own thread's turn, so that no later event overtakes one that HubSpot sends again; other threads continue. Once `late`
 * is aborted, no further call is made. Resolves to what failed.
 */
export async function dispatch(
  { events, lostAccounts, unreadable }: ParsedWebhook,
  { ctx, client, logger }: Pick<bp.HandlerProps, 'ctx' | 'client' | 'logger'>,
  late: AbortSignal,
): Promise<unknown[]> {
  const unreadableMessages = unreadable.flatMap(({ message }) => message ?? [])
  if (events.length === 0 && lostAccounts.length === 0 && unreadableMessages.length === 0) return []
  const connection = connectionOf({ ctx, client, logger, late })
  const ofApp = events.filter((event) => isOfApp(event, connection))
  const hasMessages = ofApp.some(({ kind }) => kind === 'agentMessage')
  const [portalId] = await Promise.all([
    portalFor(ofApp, connection),
    // Messages need it: a process that does not know it yet reads it beside the rest. A failure shows there.
    hasMessages ? connection.channel().catch(() => undefined) : undefined,
  ])
  if (portalId === undefined) return []
  const props = { client: untilLate(late, client), logger, portal: connection.portal(portalId) }
  // One app can be installed in several HubSpot accounts. Only an own app's events need not say which one they are of.
  const unnamed = connection.app.isShared ? undefined : portalId
  const isOfPortal = (given: { portalId: string | undefined }) => (given.portalId ?? unnamed) === portalId
  const ours = ofApp.filter(isOfPortal)
  if (connection.app.isShared && ours.length < ofApp.length) logger.warn(otherPortals(ofApp.length - ours.length))
  const threads = byThread(ours)
  const [outcomes] = await Promise.all([
    sideBySide(MOST_THREADS_AT_ONCE, [...threads], ([threadId, ofThread]) =>
      inTurn(`${connection.key} thread ${threadId}`, async () => {
        for (const event of ofThread.sort((a, b) => a.occurredAt - b.occurredAt)) await handle(event, props)
      }),
    ),
    reportUnreadable(unreadableMessages.filter(isOfPortal), props),
    warnOfLostAccounts(lostAccounts.filter(isOfPortal), props),
  ])
  return outcomes.filter((outcome) => outcome.status === 'rejected').map((outcome): unknown => outcome.reason)
}

/** The connected account. An event of another one may mean that the connection has moved since it was last read. */
async function portalFor(events: readonly WebhookEvent[], { tokens }: Connection): Promise<string | undefined> {
  const remembered = await tokens.portalId()
  const isDoubtful = events.some(({ portalId }) => portalId !== undefined && portalId !== remembered)
  return isDoubtful ? tokens.portalIdNow() : remembered
}

/** Channel events carry no app id: the channel is the app's own. */
const isOfApp = (event: WebhookEvent, { app }: Connection): boolean =>
  event.kind === 'agentMessage' || event.appId === undefined || event.appId === app.appId

/** Botpress passes a batch on to the installation of its first event's account. */
const otherPortals = (count: number): string =>
  `${count} of the events in a batch of HubSpot belong to other accounts, and reach no bot`

function byThread(events: readonly WebhookEvent[]): Map<string, WebhookEvent[]> {
  const threads = new Map<string, WebhookEvent[]>()
  for (const event of events) {
    const ofThread = threads.get(event.threadId)
    if (ofThread) ofThread.push(event)
    else threads.set(event.threadId, [event])
  }
  return threads
}

const UNREADABLE = 'Not delivered: HubSpot passed this message on in a form that cannot be read. Please send it again.'

type Props = Pick<EventProps, 'portal' | 'logger'>
type UnreadableMessage = NonNullable<UnreadableEntry['message']>

/** Tells agents which of their messages did not reach the customer. Never rejects: the log has these messages already. */
async function reportUnreadable(
  messages: readonly UnreadableMessage[],
  { portal: { channel, hubspot } }: Props,
): Promise<void> {
  const report = async ({ messageId, channelId }: UnreadableMessage) => {
    const ours = (await channel()).channelId
    if ((channelId ?? ours) !== ours) return
    await hubspot.customChannels.report(ours, messageId, { statusType: 'FAILED', errorMessage: UNREADABLE })
  }
  await Promise.allSettled(messages.map(report))
}

/**
 * Tells the owner which inboxes are no longer connected. HubSpot's word is not enough: it is asked what it has now.
 * Never rejects, because the next escalation finds out as well.
 */
async function warnOfLostAccounts(lost: readonly LostAccount[], { portal, logger }: Props): Promise<void> {
  const warn = async () => {
    const { channelId, accounts } = await portal.channel()
    const told = new Set(lost.map(({ channelAccountId }) => channelAccountId))
    const ours = Object.values(accounts).flatMap(({ channelAccountId: id }) => (told.has(id) ? [id] : []))
    const sentences = ours.length === 0 ? [] : await disconnectedInboxes(portal, channelId, ours)
    for (const sentence of sentences) logger.forBot().warn(sentence)
  }
  if (lost.length > 0) await warn().catch(() => undefined)
}
