import type { Customer } from '../sandbox/botpress'
import type { OpenSession } from '../tests/support/session'
import type { TestBed } from './test-bed'

/** How many sessions open concurrently. */
const AT_ONCE = 10

/** Until sessions are this old, their messages cost the integration more. */
const YOUNG_MS = 31_000

let named = 0

/** Opens sessions and waits until they are old enough, so that the usual message is measured. */
export async function openSessions(bed: TestBed, count: number): Promise<OpenSession[]> {
  const opened: { customer: Customer; conversationId: string }[] = []
  while (opened.length < count) {
    const few = Math.min(AT_ONCE, count - opened.length)
    opened.push(...(await Promise.all(Array.from({ length: few }, () => escalate(bed)))))
  }
  await bed.settled()
  await bed.integration.clockAhead(YOUNG_MS)
  const threads = new Map(bed.botpress.conversations.map(({ id, tags }) => [id, tags['id'] ?? '']))
  return opened.map((session) => ({ ...session, threadId: threads.get(session.conversationId) ?? '' }))
}

async function escalate({ hubspot, botpress, log }: TestBed) {
  named += 1
  const userEmail = `customer.${named}@customers.example.org`
  hubspot.contacts.add({ email: userEmail })
  const customer = botpress.chat.open({ name: `Customer ${named}` })
  const { conversationId, message } = await customer.escalate({ title: 'Where is my parcel?', userEmail })
  if (conversationId === undefined) throw new Error(`No session: ${message}\n${log.join('')}`)
  return { customer, conversationId }
}
