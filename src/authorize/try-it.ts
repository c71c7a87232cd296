import type * as bp from '../bp'
import { opaque } from '../hubspot/custom-channels'
import { HubSpotError } from '../hubspot/errors'
import { inTurn } from '../installation/async'
import { inboxFor, inboxLabel } from '../installation/channel-state'
import type { App } from '../installation/app'
import { connectionOf, type Connection } from '../installation/connection'
import { ExpiringMap } from '../installation/expiring-map'
import { explained } from '../installation/explain'
import { keyOf, type InstallationKey } from '../installation/states'
import { rememberProgress } from '../session/find-session'
import { publish, newIntegrationThreadId, progressOf, tagsOf } from '../session/session'
import type { ChosenInboxes } from '../setup/connect-channel'
import { DISPLAY_NAME } from '../setup/ensure-channel'
import { formTo, ownerSessionOf, pageOf, type OwnerSession } from './owner-session'
import { BACK, html, redirect, renderPage, type Html } from './page'
import { AGAIN, assertStillConnected, NotConnected, type Visit } from './visit'

const TITLE = 'Test from Botpress'

/** After this long, the page says what to check. In milliseconds. */
const GIVEN_UP_MS = 2 * 60_000

/** The shortest time between two tests. In milliseconds. */
const BETWEEN_MS = 60_000

/** When an installation last got a webhook which only its version 1 signature proves to be HubSpot's. */
const badlySigned = new ExpiringMap<InstallationKey, number>(5 * GIVEN_UP_MS)

/** HubSpot has signed a request with the app's secret, but not the address at which it arrived. */
export const noteBadSignature = (ctx: bp.Context): unknown => badlySigned.set(keyOf(ctx), Date.now())

/** What is left of a test: the conversation that stands for it. */
type Test = Awaited<ReturnType<typeof testsOf>>[number]

/** A button for each inbox that opens a test there. */
export const tryForm = (
  visit: Visit,
  app: App,
  { session, inboxes }: { session: OwnerSession; inboxes: ChosenInboxes },
): Html => {
  const buttons = inboxes.map(
    (inbox) => html`<p><button name="inbox" value="${inbox.id}">Test the ${inboxLabel(inbox)}</button></p>`,
  )
  return formTo({ visit, app, session }, 'try', html`${buttons}`)
}

/**
 * Opens a test conversation in HubSpot, or shows how far one has come. The page reloads itself, so it opens a test only
 * for an address that names none. A test is a session without a customer: the bot hears nothing of it.
 */
export async function tryIt(visit: Visit): Promise<bp.WebhookAnswer> {
  const { ctx, client } = visit.props
  const connection = connectionOf(visit.props)
  const session = ownerSessionOf(visit, connection.app)
  const id = visit.query.get('test')
  if (id !== null) {
    const [test] = await testsOf(client, { integrationThreadId: id, portalId: session.portalId })
    if (test) return show(visit, connection, { test, session })
    throw new NotConnected('This test is over.', AGAIN)
  }
  await assertStillConnected(connection, session)
  const opened = await inTurn(`${connection.key} test`, () =>
    explained('HubSpot did not open the test', ctx, () => openTest(client, connection, visit.query.get('inbox') ?? '')),
  )
  return redirect(`${pageOf(visit, connection.app, 'try', session)}&test=${opened}`)
}

async function testsOf(client: bp.Client, tags: { integrationThreadId?: string; portalId: string }) {
  const { conversations } = await client.listConversations({ channel: 'hitl', tags: { ...tags, isTest: 'true' } })
  return conversations.map((conversation) => ({
    ...progressOf(conversation),
    tags: conversation.tags,
  }))
}

/** Resolves to the id of the test: the last one's if that is still open or a minute has not passed. */
async function openTest(client: bp.Client, connection: Connection, inboxId: string): Promise<string> {
  const channel = await connection.channel()
  const { hubspot, key } = connection.portal(channel.portalId)
  for (const test of await testsOf(client, { portalId: channel.portalId })) {
    const age = Date.now() - test.createdAt
    const isOpen = test.closedAt === undefined
    if (age < (isOpen ? GIVEN_UP_MS : BETWEEN_MS)) return test.integrationThreadId
    if (isOpen) await hubspot.conversations.close(test.threadId).catch(() => undefined)
    await client.deleteConversation({ id: test.conversationId })
  }
  const speaker = {
    ...inboxFor(channel, inboxId),
    integrationThreadId: newIntegrationThreadId(),
    userId: 'none',
    contactId: undefined,
    sender: { name: TITLE, identifier: opaque('botpress-test') },
  }
  const threadId = await publish(hubspot, speaker, {
    idempotencyId: `${speaker.integrationThreadId}:opening`,
    text: `${TITLE}. Please take this conversation, answer with any words, and close it.`,
    attachments: [],
    timestamp: new Date().toISOString(),
  })
  if (threadId === undefined) {
    throw new HubSpotError('HubSpot did not name the thread', { kind: 'unreadable', where: 'conversationsThreadId' })
  }
  try {
    const { conversation } = await client.getOrCreateConversation({
      channel: 'hitl',
      tags: { ...tagsOf({ ...speaker, threadId }), isTest: 'true' },
      discriminateByTags: ['integrationThreadId'],
    })
    rememberProgress({ key }, progressOf(conversation))
  } catch (thrown) {
    await hubspot.conversations.close(threadId).catch(() => undefined)
    throw thrown
  }
  return speaker.integrationThreadId
}

async function show(
  visit: Visit,
  connection: Connection,
  { test, session }: { test: Test; session: OwnerSession },
): Promise<bp.WebhookAnswer> {
  const { app } = connection
  const { accounts } = await connection.channel()
  const inboxId = test.tags['inboxId'] ?? ''
  const inbox = { id: inboxId, name: inboxId, type: 'INBOX' as const, ...accounts[inboxId] }
  const isLate = Date.now() - test.createdAt > GIVEN_UP_MS
  const checkEvents = (property: string) =>
    app.isShared
      ? "HubSpot did not send it to this bot. Check that no other bot is connected to this account; otherwise tell this integration's publisher"
      : `check that the app is subscribed to conversation.propertyChange of ${property}, that this is active, and that its target URL is ${app.targetUrl}`
  const steps = [
    { words: 'Take it: assign it to yourself.', at: test.assignedAt, check: checkEvents('assignedTo') },
    {
      words: 'Answer with any words. HubSpot marks them as sent.',
      at: Number(test.tags['answeredAt'] ?? 0),
      check: `check that the channel "${DISPLAY_NAME}" is switched on in HubSpot's settings of the ${inboxLabel(inbox)}`,
    },
    { words: 'Close it.', at: test.closedAt ?? 0, check: checkEvents('status') },
  ]
  const isDone = steps.every(({ at }) => at > 0)
  const isWaiting = !isDone && !isLate
  return renderPage({
    title: isDone ? 'It works' : isLate ? 'Not everything arrived' : 'Try it',
    ...(!isWaiting && { outcome: isDone ? 'good' : 'bad' }),
    ...(isWaiting && { reloadAfter: 2 }),
    content: html`
      <p>
        The conversation "${TITLE}" is in the ${inboxLabel(inbox)} of HubSpot account ${session.account}.
        ${isDone ? 'Botpress has seen all that was done there:' : 'Open it in HubSpot and:'}
      </p>
      <div role="status">
        <ol>
          ${steps.map(({ words, at, check }) => {
            const seconds = String(Math.max(0, Math.round((at - test.createdAt) / 1000)))
            const outcome =
              at > 0 ? `✓ Seen after ${seconds} s` : isLate ? `✗ Not seen within two minutes: ${check}.` : '… Waiting'
            return html`<li>${words} <strong>${outcome}</strong></li>`
          })}
        </ol>
      </div>
      ${
        isLate && !isDone && (badlySigned.get(connection.key) ?? 0) > test.createdAt
          ? html`<p>
              HubSpot's requests arrive, but their version 3 signature does not match.
              ${app.isShared ? "Tell this integration's publisher." : "Check that the app's target URL is spelled exactly as above."}
            </p>`
          : html``
      }
      <p class="hint">
        ${isWaiting ? 'This page follows what you do there.' : 'You can run another test a minute after this one began.'}
      </p>
      ${isWaiting ? html`` : tryForm(visit, app, { session, inboxes: [inbox] })} ${BACK}
    `,
  })
}
