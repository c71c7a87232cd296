import type * as bp from '../bp'
import { isHubSpotError } from '../hubspot/errors'
import { inTime } from '../hubspot/retry-policy'
import { connectionOf, type Portal } from '../installation/connection'
import { whyOf } from '../installation/explain'
import { PortalChanged } from '../installation/tokens'
import { endTags, markEnded, recordOf } from '../session/end-session'
import { saidIn } from '../session/handoff-ended'
import { progressOf, sessionOf, type Session } from '../session/session'

/** The plugin waits for the response before it tells the customer. In milliseconds. */
const ANSWER_WITHIN_MS = 4_500

type Props = bp.ActionProps['stopHitl']

/**
 * Ends a session from the bot's side. It never fails and takes at most 4.5 seconds: otherwise the customer would not be told
 * and the flow would not continue. What cannot be done in HubSpot becomes a line in the owner's log.
 */
export const stopHitl: bp.IntegrationProps['actions']['stopHitl'] = async (props) => {
  await inTime(
    stop(props).catch((thrown: unknown) => warn(props, thrown)),
    ANSWER_WITHIN_MS,
    () => undefined,
  )
  return {}
}

/**
 * Marks the session before it changes anything in HubSpot, so that HubSpot's echo of the closing does nothing. Botpress
 * repeats the action if its answer was lost: what follows the mark may not have happened.
 */
async function stop({ ctx, client, input, logger }: Props): Promise<void> {
  const { conversation } = await client.getConversation({ id: input.conversationId })
  const [session, progress] = [sessionOf(conversation), progressOf(conversation)]
  if (progress.closedAt !== undefined && progress.endedBy !== 'bot') return
  const end = { endedBy: 'bot', closedAt: Date.now() } as const
  const portal = await portalOf({ ctx, client }, session).catch(async (thrown: unknown) => {
    await client.updateConversation({ id: conversation.id, tags: endTags(end) })
    throw thrown
  })
  const isFirst = progress.closedAt === undefined
  const isAssigned = progress.assignedTo !== undefined
  // Without an agent there was no answer, which needs no look at the thread.
  const isOfAgent = progress.assignedAt > 0 && (isFirst || !isAssigned)
  const record = isOfAgent ? await recordOf({ logger, portal }, session.threadId) : []
  if (isFirst) await markEnded({ client, logger, portal }, progress, { ...end, record })
  const isAnswered = !record || saidIn(record, progress.createdAt).some(({ answeredAt }) => answeredAt)
  await leaveThread(portal, session, isAssigned || isAnswered)
}

/** Throws `RuntimeError` if the integration has no app or an invalid configuration now. */
const portalOf = async (props: Pick<Props, 'ctx' | 'client'>, { portalId }: Session): Promise<Portal> =>
  connectionOf(props).portal(portalId)

/** Closes a thread that an agent has or has answered. Any other request stays open, with a note. */
async function leaveThread({ hubspot }: Portal, session: Session, isTaken: boolean): Promise<void> {
  const { threadId, sender } = session
  if (isTaken) return hubspot.conversations.close(threadId)
  const { type, value } = sender.identifier
  const reach = type.startsWith('HS_') ? ` Reach them at ${value}.` : ''
  await hubspot.conversations.comment(
    threadId,
    `${sender.name || 'The customer'} went back to the bot before anyone answered.${reach}`,
  )
}

function warn({ ctx, logger, input }: Props, thrown: unknown): void {
  // A thread that is gone, or one of an account that is no longer connected, needs no closing.
  if (thrown instanceof PortalChanged || isHubSpotError(thrown, 'notFound')) return
  logger
    .forBot()
    .warn(`The HubSpot thread of conversation ${input.conversationId} was left as it is: ${whyOf(thrown, ctx)}`)
}
