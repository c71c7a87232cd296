import { vi } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { sees } from './chat'
import { eventsOf, openSession, sessionsAreLinked, timesSeen } from './session'
import { receiptOf, threadLines } from './thread'
import { authorize, choose, patiently } from './visitor'
import { GRACE } from './webhooks'

/** Authorizes, saves twice, and hands a conversation over and back. Resolves to what came of it. */
export async function wholeSession(stack: Stack): Promise<Record<string, unknown>> {
  const { hubspot, botpress } = stack
  const firstSave = await botpress.register()
  const connected = await patiently(await choose(await authorize(stack), ['481939', '481940']))
  const saves = [firstSave, await botpress.register(), await botpress.register()].map(
    ({ message }) => message ?? 'saved',
  )

  const { customer: ada, threadId, conversationId } = await openSession(stack)
  await sessionsAreLinked(stack)
  hubspot.agent.assign(threadId, GRACE)
  await sees(ada, /^A human agent has joined/)
  await ada.say('Is somebody there?')
  const file = { name: 'plan.pdf', contentType: 'application/pdf', content: 'x' }
  const { id } = hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Yes, I am.', attachments: [file] })
  await sees(ada, 'Yes, I am.')
  await stack.settled()
  hubspot.agent.close(threadId, GRACE)
  await vi.waitUntil(() => eventsOf(stack, conversationId).includes('hitlStopped'), { timeout: 10_000 })
  await stack.settled()

  return {
    page: connected.title === 'Connected' ? 'Connected' : connected.text,
    saves,
    channels: hubspot.channels().length,
    accounts: hubspot.accounts(hubspot.channels()[0]?.id ?? '').length,
    inbox: hubspot.thread(threadId).inboxId,
    contact: hubspot.contacts.list().some((contact) => contact.id === hubspot.thread(threadId).associatedContactId),
    inHubSpot: threadLines(stack, threadId).filter((line) => line === 'customer: Is somebody there?').length,
    inBotpress: timesSeen(ada, 'Yes, I am.'),
    files: ada.messages().filter(({ type }) => type === 'file').length,
    receipt: receiptOf(stack, threadId, id),
    events: eventsOf(stack, conversationId),
  }
}

export const ALL_WELL = {
  page: 'Connected',
  saves: ['saved', 'saved', 'saved'],
  channels: 1,
  accounts: 2,
  inbox: '481939',
  contact: true,
  inHubSpot: 1,
  inBotpress: 1,
  files: 1,
  receipt: 'SENT',
  events: ['hitlAssigned', 'hitlStopped'],
}
