import type * as bp from '../bp'
import { openingOf, type Opening } from '../content/to-agent/opening'
import { transcriptNotes } from '../content/to-agent/transcript'
import { HubSpotError, isHubSpotError } from '../hubspot/errors'
import { connectionOf, type Portal } from '../installation/connection'
import { explained, lostConnection } from '../installation/explain'
import { hashOf } from '../installation/issued-tokens'
import { keyOf } from '../installation/states'
import { repeated } from '../installation/async'
import { customerOf, CustomerRefused, type Customer, type User } from '../people/customer'
import { assignAgent } from '../session/assign-agent'
import { fillTicket } from '../session/fill-ticket'
import { rememberProgress } from '../session/find-session'
import { inboxFor, type ConnectedInbox } from '../installation/channel-state'
import {
  newIntegrationThreadId,
  progressOf,
  publish,
  tagsOf,
  type Progress,
  type Session,
  type Speaker,
} from '../session/session'
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
 * The conversation is made first, so that a repetition continues an opening that broke off in the same thread.
 * Throws `RuntimeError`.
 */
export const startHitl: bp.IntegrationProps['actions']['startHitl'] = async (props) => {
  const hash = hashOf(JSON.stringify(props.input))
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
  const [{ user }, channel] = await Promise.all([client.getUser({ id: input.userId }), connection.channel()])
  const inbox = inboxFor(channel, card.inboxId)
  const portal = connection.portal(inbox.portalId)
  const { conversationId, integrationThreadId, threadId } = await conversationFor(client, openingHash)
  if (threadId !== '') return { conversationId }
  let session: Session | undefined
  try {
    const asked = { card, inbox, user, integrationThreadId }
    session = await openSession(props, portal, asked).catch(async (thrown: unknown) => {
      throw (await lostConnection(portal, inbox, thrown)) ?? thrown
    })
    const isInHelpDesk = channel.accounts[inbox.inboxId]?.type === 'HELP_DESK'
    const [ticketId] = await Promise.all([
      fillTicket({ ...props, portal }, { ...card, threadId: session.threadId, isInHelpDesk }),
      tellHistory(props, portal, session),
    ])
    await assignAgent({ ...props, portal }, session, card.agent)
    // Last: only now do events find the session. `openedAt` tells how long ago the plugin began to listen.
    const tags = { ...tagsOf(session), openedAt: String(Date.now()), ...(ticketId && { ticketId }) }
    const { conversation } = await repeated(() => client.updateConversation({ id: conversationId, tags }))
    rememberProgress(portal, progressOf(conversation))
    return { conversationId }
  } catch (thrown) {
    // A later attempt must not continue this one, and without a conversation an agent's reply would reach no customer.
    await Promise.allSettled([
      repeated(() => client.deleteConversation({ id: conversationId })),
      session && portal.hubspot.conversations.close(session.threadId),
    ])
    throw thrown
  }
}

/** The conversation of the same input, if that is recent and has not ended, else a new one, which has no thread yet. */
async function conversationFor(client: bp.Client, openingHash: string): Promise<Progress> {
  const tags = { openingHash, integrationThreadId: newIntegrationThreadId() }
  const make = async (key: keyof typeof tags) => {
    const { conversation } = await repeated(() =>
      client.getOrCreateConversation({ channel: 'hitl', tags, discriminateByTags: [key] }),
    )
    return progressOf(conversation)
  }
  const found = await make('openingHash')
  if (found.integrationThreadId === tags.integrationThreadId) return found
  // An opening that broke off may have used up the time that Botpress gives it.
  const within = found.threadId === '' ? 2 * REPEATED_WITHIN_MS : REPEATED_WITHIN_MS
  if (found.closedAt === undefined && Date.now() - found.createdAt < within) return found
  await client.updateConversation({ id: found.conversationId, tags: { openingHash: '' } })
  return make('integrationThreadId')
}

type Asked = { card: Card; inbox: ConnectedInbox; user: User; integrationThreadId: string }

/** A stored contact that HubSpot refuses may have been deleted: it is looked up once more. */
async function openSession(props: Props, portal: Portal, asked: Asked): Promise<Session> {
  const { card, inbox, user, integrationThreadId } = asked
  const look = { ...props, portal }
  const open = (customer: Customer) =>
    openThread(portal, { ...speakerOf(customer, inbox), integrationThreadId }, { ...card, ...customer })
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
    // HubSpot can find a contact that it has deleted: the conversation does without.
    return open(now.contactId === contactId ? { ...now, contactId: undefined } : now)
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

const speakerOf = (customer: Customer, inbox: ConnectedInbox): Omit<Speaker, 'integrationThreadId'> => ({
  ...inbox,
  userId: customer.userId,
  contactId: customer.contactId,
  sender: { name: customer.name, identifier: customer.identifier },
})

async function openThread({ hubspot }: Portal, speaker: Speaker, opening: Opening): Promise<Session> {
  const message = { ...openingOf(opening), attachments: [], timestamp: new Date().toISOString() }
  const put = (name: string) =>
    // `openSession` looks a refused contact up again.
    publish(hubspot, speaker, { ...message, idempotencyId: `${speaker.integrationThreadId}:${name}` }, 'required')
  // Of a message that it has already, HubSpot may not say where it is: only another one in the same thread tells.
  const threadId = (await put('opening')) ?? (await put('opening:again'))
  if (threadId === undefined) {
    throw new HubSpotError('HubSpot did not say which thread it opened', {
      kind: 'unreadable',
      where: 'conversationsThreadId of the opening message',
    })
  }
  return { ...speaker, threadId }
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
