import type * as bp from '../bp'
import { openingText, type Opening } from '../content/to-agent/opening'
import { transcriptNotes } from '../content/to-agent/transcript'
import { explained } from '../installation/explain'
import { isHubSpotError } from '../hubspot/errors'
import { connectionOf, type Portal } from '../installation/connection'
import { customerOf, type Customer, type User } from '../people/customer'
import { inboxFor, type ConnectedInbox } from '../session/inbox-for'
import { publish, type Speaker } from '../session/publish'
import { repeated } from '../installation/repeat'
import { newIntegrationThreadId, tagsOf, type Session } from '../session/session'
import { rememberSession } from '../session/find-session'

type Props = bp.ActionProps['startHitl']

/** Opens a thread in HubSpot with the customer's matter and the story so far, and the conversation that goes with it. */
export const startHitl: bp.IntegrationProps['actions']['startHitl'] = async (props) =>
  explained('The conversation could not be handed over to HubSpot', props.ctx, async () => {
    const connection = connectionOf(props)
    const [{ user }, channel] = await Promise.all([
      props.client.getUser({ id: props.input.userId }),
      connection.channel(),
    ])
    const inbox = inboxFor(channel, props.input.hitlSession?.inboxId)
    const portal = connection.portal(inbox.portalId)
    const session = await openSession(props, portal, inbox, user)
    await tellHistory(props, portal, session)
    // Last: what happens in the thread is heard only after this has returned, and how old the conversation is tells
    // how long ago that was.
    return { conversationId: await linkConversation(props, portal, session) }
  })

/** A contact that was known and is refused may be deleted by now: it is looked for once more. */
async function openSession(props: Props, portal: Portal, inbox: ConnectedInbox, user: User) {
  const open = (customer: Customer) => openThread(portal, speakerOf(customer, inbox), { ...props.input, ...customer })
  const look = { ...props, portal }
  const customer = await customerOf(look, user)
  try {
    return await open(customer)
  } catch (thrown) {
    const { contactId } = customer
    if (contactId === undefined || !isHubSpotError(thrown, 'validation', 'notFound')) throw thrown
    const now = await customerOf(look, { ...user, tags: { ...user.tags, portalId: '' } })
    if (now.contactId === contactId) throw thrown
    return open(now)
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
  const threadId = await publish(hubspot, speaker, {
    idempotencyId: `${speaker.integrationThreadId}:opening`,
    text: openingText(opening),
    attachments: [],
    timestamp: new Date().toISOString(),
  })
  if (threadId === undefined) throw new Error('HubSpot has seen an id before that was made just now')
  return { ...speaker, threadId }
}

/** Without a conversation nobody could answer: the thread is closed again rather than left to an agent. */
async function linkConversation({ client }: Props, { hubspot, key }: Portal, session: Session): Promise<string> {
  const tags = tagsOf(session)
  try {
    const { conversation } = await repeated(() =>
      client.getOrCreateConversation({ channel: 'hitl', tags, discriminateByTags: ['integrationThreadId'] }),
    )
    rememberSession(key, session.integrationThreadId, Date.parse(conversation.createdAt))
    return conversation.id
  } catch (thrown) {
    await hubspot.conversations.close(session.threadId).catch(() => undefined)
    throw thrown
  }
}

/** A note that only agents see; where HubSpot takes no notes, a message. Failing that, the session goes on without. */
async function tellHistory({ input, logger }: Props, { hubspot }: Portal, session: Session): Promise<void> {
  const notes = transcriptNotes(input.messageHistory, { userId: input.userId, name: session.sender.name })
  const timestamp = new Date().toISOString()
  try {
    for (const [index, text] of notes.entries()) {
      const idempotencyId = `${session.integrationThreadId}:history:${index}`
      await hubspot.conversations.comment(session.threadId, text).catch(async (thrown: unknown) => {
        if (!isHubSpotError(thrown, 'validation', 'missingScope', 'notFound')) throw thrown
        await publish(hubspot, session, { idempotencyId, text, attachments: [], timestamp })
      })
    }
  } catch (thrown) {
    if (!isHubSpotError(thrown)) throw thrown
    logger
      .forBot()
      .warn(`The conversation so far could not be shown in HubSpot thread ${session.threadId} (${thrown.kind}).`)
  }
}
