import { createHash } from 'node:crypto'
import type * as bp from '../bp'
import { openingOf, type Opening } from '../content/to-agent/opening'
import { transcriptNotes } from '../content/to-agent/transcript'
import { HubSpotError, isHubSpotError } from '../hubspot/errors'
import { connectionOf, type Portal } from '../installation/connection'
import { explained, lostConnection } from '../installation/explain'
import { keyOf } from '../installation/states'
import { repeated } from '../installation/async'
import { customerOf, CustomerRefused, type Customer, type User } from '../people/customer'
import { assignAgent } from '../session/assign-agent'
import { fillTicket } from '../session/fill-ticket'
import { rememberProgress } from '../session/find-session'
import { inboxFor, type ConnectedInbox } from '../installation/channel-state'
import { publish, type Speaker } from '../session/publish'
import { newIntegrationThreadId, progressOf, tagsOf, type Session } from '../session/session'
import { cardOf, type Card } from './card'

type Props = bp.ActionProps['startHitl']
type Output = { conversationId: string }

/** Within this time, the same input is Botpress repeating the action, not another escalation. In milliseconds. */
const REPEATED_WITHIN_MS = 60_000

/** By installation and hash of the input: a repetition can arrive before the first attempt has finished. */
const underWay = new Map<string, Promise<Output>>()

/**
 * Opens a thread in HubSpot with the customer's request and the history, and the conversation that belongs to it.
 * Botpress repeats the action when the response is lost: the same input within a minute returns the same conversation.
 * Throws `RuntimeError`.
 */
export const startHitl: bp.IntegrationProps['actions']['startHitl'] = async (props) => {
  const hash = createHash('sha256').update(JSON.stringify(props.input)).digest('hex')
  const key = `${keyOf(props.ctx)} ${hash}`
  const running = underWay.get(key)
  if (running) return running
  const started = explained('The conversation could not be handed over to HubSpot', props.ctx, () => start(props, hash))
  underWay.set(key, started)
  return started.finally(() => underWay.delete(key))
}

async function start(props: Props, openingHash: string): Promise<Output> {
  const { client, input } = props
  const connection = connectionOf(props)
  const card = cardOf(input, connection.settings)
  const [{ user }, channel, repetition] = await Promise.all([
    client.getUser({ id: input.userId }),
    connection.channel(),
    sameOpening(client, openingHash),
  ])
  if (repetition) return { conversationId: repetition }
  const inbox = inboxFor(channel, card.inboxId)
  const portal = connection.portal(inbox.portalId)
  const session = await openSession(props, portal, { card, inbox, user }).catch(async (thrown: unknown) => {
    throw (await lostConnection(portal, inbox, thrown)) ?? thrown
  })
  try {
    const isInHelpDesk = channel.accounts[inbox.inboxId]?.type === 'HELP_DESK'
    const [ticketId] = await Promise.all([
      fillTicket({ ...props, portal }, { ...card, threadId: session.threadId, isInHelpDesk }),
      tellHistory(props, portal, session),
    ])
    await assignAgent({ ...props, portal }, session, card.agent)
    // Last: the plugin only listens after this has returned, and the conversation's age tells how long ago that was.
    return { conversationId: await linkConversation(props, portal, { ...session, openingHash, ticketId }) }
  } catch (thrown) {
    // Without a conversation, an agent's reply would reach no customer.
    await portal.hubspot.conversations.close(session.threadId).catch(() => undefined)
    throw thrown
  }
}

/** The conversation that the same input has just opened, if its session has not ended. */
async function sameOpening(client: bp.Client, openingHash: string): Promise<string | undefined> {
  const { conversations } = await client.listConversations({ channel: 'hitl', tags: { openingHash } })
  return conversations
    .map(progressOf)
    .find(({ createdAt, closedAt }) => closedAt === undefined && Date.now() - createdAt < REPEATED_WITHIN_MS)
    ?.conversationId
}

type Asked = { card: Card; inbox: ConnectedInbox; user: User }

/** A stored contact that HubSpot refuses may have been deleted: it is looked up once more. */
async function openSession(props: Props, portal: Portal, { card, inbox, user }: Asked): Promise<Session> {
  const look = { ...props, portal }
  const open = (customer: Customer) => openThread(portal, speakerOf(customer, inbox), { ...card, ...customer })
  const customer = await customerOf(look, user, card).catch(async (thrown: unknown) => {
    if (thrown instanceof CustomerRefused) await forgetUser(props)
    throw thrown
  })
  try {
    return await open(customer)
  } catch (thrown) {
    const { contactId } = customer
    if (contactId === undefined || !isHubSpotError(thrown, 'validation', 'notFound')) throw thrown
    const now = await customerOf(look, { ...user, tags: { ...user.tags, portalId: '' } }, card)
    if (now.contactId === contactId) throw thrown
    return open(now)
  }
}

/** The plugin reuses the user of a failed card whatever the next card says, but creates a new one if it is deleted. */
async function forgetUser({ client, input: { userId } }: Props): Promise<void> {
  try {
    const { conversations } = await client.listConversations({ channel: 'hitl', tags: { userId } })
    if (conversations.length === 0) await client.deleteUser({ id: userId })
  } catch {
    // The card already fails, with a reason that matters more to the bot builder.
  }
}

const speakerOf = (customer: Customer, inbox: ConnectedInbox): Speaker => ({
  integrationThreadId: newIntegrationThreadId(),
  ...inbox,
  userId: customer.userId,
  contactId: customer.contactId,
  sender: { name: customer.name, identifier: customer.identifier },
})

async function openThread({ hubspot }: Portal, speaker: Speaker, opening: Opening): Promise<Session> {
  const message = {
    idempotencyId: `${speaker.integrationThreadId}:opening`,
    ...openingOf(opening),
    attachments: [],
    timestamp: new Date().toISOString(),
  }
  // `openSession` looks a refused contact up again.
  const threadId = await publish(hubspot, speaker, message, 'required')
  if (threadId === undefined) {
    throw new HubSpotError('HubSpot did not say which thread it opened', {
      kind: 'unreadable',
      where: 'conversationsThreadId of the opening message',
    })
  }
  return { ...speaker, threadId }
}

async function linkConversation(
  { client }: Props,
  portal: Portal,
  { openingHash, ticketId, ...session }: Session & { openingHash: string; ticketId: string | undefined },
): Promise<string> {
  const tags = { ...tagsOf(session), openingHash, ...(ticketId && { ticketId }) }
  const { conversation } = await repeated(() =>
    client.getOrCreateConversation({ channel: 'hitl', tags, discriminateByTags: ['integrationThreadId'] }),
  )
  rememberProgress(portal, progressOf(conversation))
  return conversation.id
}

/** As internal notes, or as messages where HubSpot accepts no notes. If both fail, the session opens without history. */
async function tellHistory({ input, logger }: Props, { hubspot }: Portal, session: Session): Promise<void> {
  const timestamp = new Date().toISOString()
  try {
    const notes = transcriptNotes(input.messageHistory, { userId: input.userId, name: session.sender.name })
    for (const [index, { text, richText }] of notes.entries()) {
      const idempotencyId = `${session.integrationThreadId}:history:${index}`
      await hubspot.conversations.comment(session.threadId, text, richText).catch(async (thrown: unknown) => {
        if (!isHubSpotError(thrown, 'validation', 'missingScope', 'notFound')) throw thrown
        await publish(hubspot, session, { idempotencyId, text, attachments: [], timestamp })
      })
    }
  } catch (thrown) {
    const why = isHubSpotError(thrown) ? thrown.kind : 'unexpected'
    logger.forBot().warn(`The conversation so far could not be shown in HubSpot thread ${session.threadId} (${why}).`)
  }
}
