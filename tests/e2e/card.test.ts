import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Escalation } from '../../sandbox/botpress/hitl-plugin'
import { ALL_SCOPES } from '../../sandbox/hubspot/testing'
import { startStack, type Stack } from '../../sandbox/stack'
import { REQUIRED_SCOPES } from '../../src/hubspot/scopes'
import { allCalls, CONTACT, firstCalls, status, THREAD, type Target } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { eventsOf } from '../support/session'
import { latestThread, threadLines } from '../support/thread'
import { GRACE } from '../support/webhooks'

const [INBOX, HELP_DESK] = ['481939', '481940']
const ADA = 'ada@customers.example.org'

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
  fillIn(stack, { additionalInboxIds: [HELP_DESK] })
})
afterEach(async () => stack.close())

async function save(scopes: readonly string[] = ALL_SCOPES): Promise<void> {
  fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken([...scopes]) })
  await stack.botpress.register()
}

/** A customer with a contact escalates with these fields on the card. Resolves to the thread. */
async function escalated(hitlSession: Record<string, unknown>, card: Escalation = {}): Promise<string> {
  const customer = stack.botpress.chat.open({ name: 'Ada' })
  const { ok, message } = await customer.escalate({ title: 'A parcel', userEmail: ADA, ...card, hitlSession })
  expect(message).toBeUndefined()
  expect(ok).toBe(true)
  await stack.settled()
  return latestThread(stack)
}

const assignedTo = (threadId: string) => stack.hubspot.thread(threadId).assignedTo
const notes = (threadId: string) => threadLines(stack, threadId).filter((line) => line.startsWith('note: The bot'))
const conversationOf = (threadId: string) => stack.botpress.conversations.find(({ tags }) => tags['id'] === threadId)
const ownerIdOf = (actor: string) => stack.hubspot.users.list().find(({ actorId }) => actorId === actor)?.ownerId ?? ''
const withOwner = (actor: string) => stack.hubspot.contacts.add({ email: ADA, hubspot_owner_id: ownerIdOf(actor) })

it('an inbox that is not connected is named in one short line, whatever a variable has put into the field', async () => {
  await save()
  const customer = stack.botpress.chat.open({ name: 'Ada' })
  const inboxId = 'Which one?\n'.repeat(30_000)
  const { message } = await customer.escalate({ title: 'A parcel', userEmail: ADA, hitlSession: { inboxId } })
  expect(message).toMatch(/ is not connected: (?:Which one\? ?){9} \(shortened\)\. Connected: /)
})

describe('"Agent" on the card', () => {
  it.each([
    GRACE,
    '3892666',
    ' a-3892666 ',
    'Grace.Sample@Agents.example.com',
    'Grace <grace.sample@agents.example.com>',
  ])('assigns the conversation to %j, who is announced once', async (agent) => {
    await save()
    stack.hubspot.contacts.add({ email: ADA })
    const threadId = await escalated({ agent })
    expect(assignedTo(threadId)).toBe(GRACE)
    expect(notes(threadId)).toEqual([])
    expect(eventsOf(stack, conversationOf(threadId)?.id ?? '')).toEqual(['hitlAssigned'])
  })

  it('assigns the conversation to the owner of the contact', async () => {
    await save()
    withOwner('A-3892668')
    expect(assignedTo(await escalated({ agent: 'Owner' }))).toBe('A-3892668')
  })

  it('assigns the conversation to the agent who had this customer last', async () => {
    await save()
    stack.hubspot.contacts.add({ email: ADA })
    for (const agent of ['A-3892668', 'A-3892667', '']) {
      const threadId = await escalated({ agent })
      stack.hubspot.agent.close(threadId)
      await stack.settled()
    }
    expect(assignedTo(await escalated({ agent: 'last' }))).toBe('A-3892667')
  })

  it('assigns the conversation to the agent who had this customer as a visitor', async () => {
    fillIn(stack, { unknownContact: 'visitor' })
    await save()
    stack.hubspot.agent.close(await escalated({ agent: GRACE }))
    await stack.settled()
    stack.hubspot.contacts.add({ email: ADA })
    expect(assignedTo(await escalated({ agent: 'last' }))).toBe(GRACE)
  })

  it('does not mistake the agent of another customer for the last one', async () => {
    await save()
    await escalated({ agent: GRACE, customer: '+1 212 555 0123' }, { userEmail: 'bob@customers.example.org' })
    stack.hubspot.contacts.add({ email: ADA })
    const threadId = await escalated({ agent: 'last' })
    expect(assignedTo(threadId)).toBeUndefined()
    expect(notes(threadId)).toEqual([
      'note: The bot asked for the agent "last", but this conversation is unassigned: no agent has had this customer before.',
    ])
  })

  it.each([
    ['nobody@agents.example.com', 'HubSpot has no user with this e-mail address.'],
    ['owner', 'the contact has no owner.'],
    ['Grace', 'this is no e-mail address, no actor ID such as A-123, and neither "owner" nor "last".'],
    ['A-1', 'HubSpot has no such agent, or does not let them have it.'],
    ['dorothy.office@agents.example.com', 'HubSpot has no such agent, or does not let them have it.'],
  ])('leaves the conversation unassigned, with a note, if it is %j', async (agent, reason) => {
    await save()
    stack.hubspot.contacts.add({ email: ADA })
    const threadId = await escalated({ agent })
    expect(assignedTo(threadId)).toBeUndefined()
    expect(notes(threadId)).toEqual([
      `note: The bot asked for the agent "${agent}", but this conversation is unassigned: ${reason}`,
    ])
    expect(stack.log.at(-1)).toBe(
      `warn: "Agent" of the escalation card was not assigned to HubSpot thread ${threadId}: ${reason}`,
    )
  })

  it.each(['null', 'extra', 'numeric', 'odd'] as const)('is read from answers that are %s', async (answers) => {
    await save()
    withOwner(GRACE)
    stack.hubspot.switches.answers = answers
    // HubSpot's descriptions do not require an owner's user.
    const expected = answers === 'null' ? undefined : GRACE
    for (const agent of ['owner', 'grace.sample@agents.example.com']) {
      expect(assignedTo(await escalated({ agent }))).toBe(expected)
    }
  })

  it('has no owner for a customer without a contact', async () => {
    await save()
    expect(notes(await escalated({ agent: 'owner' }))).toEqual([expect.stringContaining('the contact has no owner')])
  })

  it.each(['owner', 'grace.sample@agents.example.com'])('is %s: names the scope that is missing', async (agent) => {
    await save(REQUIRED_SCOPES)
    withOwner(GRACE)
    const threadId = await escalated({ agent })
    expect(assignedTo(threadId)).toBeUndefined()
    expect(notes(threadId)).toEqual([expect.stringContaining('unassigned: HubSpot refused.')])
    expect(stack.log.at(-1)).toContain('HubSpot has not granted crm.objects.owners.read')
  })

  it.each<[string, Target, string]>([
    ['the owners', { method: 'GET', path: /\/owners/ }, 'crm.objects.owners.read'],
    ['assigning', { method: 'PUT', path: /\/assignee$/ }, 'conversations.write'],
  ])('names the scope if HubSpot forbids %s without a word', async (_what, call, scope) => {
    await save()
    stack.hubspot.faults = allCalls(call, status(403, {}, {}))
    const threadId = await escalated({ agent: 'grace.sample@agents.example.com' })
    expect(notes(threadId)).toEqual([expect.stringContaining('unassigned: HubSpot refused.')])
    expect(stack.log.at(-1)).toContain(`${scope}. Add it to the scopes`)
  })

  it.each(['reset', 'answerLost'] as const)('never fails the card: assigning ends in %s', async (kind) => {
    await save()
    stack.hubspot.faults = ({ path }) => (path.endsWith('/assignee') ? { kind } : undefined)
    const threadId = await escalated({ agent: GRACE })
    expect(notes(threadId)).toEqual([expect.stringContaining('unassigned: HubSpot refused.')])
  })

  it.each([{}, { agent: '' }, { agent: '  ' }])('is empty if it is %j', async (card) => {
    await save()
    expect(notes(await escalated(card))).toEqual([])
  })
})

describe('the ticket of a conversation in a help desk', () => {
  const inHelpDesk = (card: Record<string, unknown>, more: Escalation = {}) =>
    escalated({ inboxId: HELP_DESK, ...card }, more)
  const ticket = (threadId: string) => stack.hubspot.ticketOf(threadId)?.properties

  it('gets subject, content, priority, and any property by its internal name', async () => {
    await save()
    const ticketProperties = [
      { name: 'hs_pipeline', value: '77001' },
      { name: ' hs_pipeline_stage ', value: '77012' },
      { name: 'order_number', value: '1042' },
      { name: 'product_line', value: '' },
    ]
    const title = '**A** parcel'
    const threadId = await inHelpDesk({ priority: ' high', ticketProperties }, { title, description: 'It is _lost_.' })
    expect(ticket(threadId)).toMatchObject({
      subject: 'A parcel',
      content: 'It is lost.',
      hs_ticket_priority: 'HIGH',
      hs_pipeline: '77001',
      hs_pipeline_stage: '77012',
      order_number: '1042',
    })
    expect(ticket(threadId)).not.toHaveProperty('product_line')
    expect(notes(threadId)).toEqual([])
  })

  it.each(['extra', 'numeric', 'odd'] as const)('is filled in if answers are %s', async (answers) => {
    await save()
    stack.hubspot.switches.answers = answers
    expect(ticket(await inHelpDesk({ priority: 'LOW' }))).toMatchObject({ hs_ticket_priority: 'LOW' })
  })

  it('is named in a tag of the conversation', async () => {
    await save()
    const threadId = await inHelpDesk({})
    expect(conversationOf(threadId)?.tags['ticketId']).toBe(stack.hubspot.ticketOf(threadId)?.id)
  })

  it('is filled in if it appears a moment later', async () => {
    await save()
    stack.hubspot.switches.ticketAfterMs = 900
    expect(ticket(await inHelpDesk({}))).toMatchObject({ subject: 'A parcel' })
  })

  it('is filled in if HubSpot does not know the thread at first', async () => {
    await save()
    stack.hubspot.faults = firstCalls(THREAD, status(404), status(404))
    expect(ticket(await inHelpDesk({ priority: 'low' }))).toMatchObject({ hs_ticket_priority: 'LOW' })
  })

  it('is not to be had by saving again once it is gone', async () => {
    await save()
    stack.hubspot.faults = allCalls({ method: 'PATCH', path: /\/tickets\// }, status(404))
    const threadId = await inHelpDesk({ priority: 'low' })
    expect(stack.log.at(-1)).toBe(
      `warn: The ticket of HubSpot thread ${threadId} does not have hs_ticket_priority: The ticket is gone.`,
    )
  })

  it('is given up after three seconds, with a line in the log and a note of what was to be in it', async () => {
    await save()
    stack.hubspot.switches.ticketAfterMs = undefined
    const started = performance.now()
    const threadId = await inHelpDesk({ priority: 'urgent' })
    expect(performance.now() - started).toBeLessThan(8_000)
    expect(stack.log).toContain(
      `warn: The ticket of HubSpot thread ${threadId} does not have hs_ticket_priority: HubSpot has not made the ticket yet.`,
    )
    expect(notes(threadId)).toEqual([
      'note: The bot set values for the ticket that HubSpot did not take:\nhs_ticket_priority: URGENT',
    ])
  })

  it.each([
    [{ priority: 'soon' }, 'hs_ticket_priority: SOON'],
    [{ ticketProperties: [{ name: 'shoe_size', value: '44' }] }, 'shoe_size: 44'],
    [{ ticketProperties: [{ name: 'hs_pipeline_stage', value: '99' }] }, 'hs_pipeline_stage: 99'],
    [{ ticketProperties: [{ name: 'Shoe size', value: '44' }] }, 'Shoe size: 44'],
    [{ ticketProperties: [{ name: 'shoeSize', value: '44' }] }, 'shoeSize: 44'],
    [{ ticketProperties: [{ name: 'shoe_size', value: '44\nstatus: paid' }] }, 'shoe_size: 44 status: paid'],
  ])('takes the rest if HubSpot refuses %j', async (card, refused) => {
    await save()
    const own = [{ name: 'order_number', value: '1042' }, ...('ticketProperties' in card ? card.ticketProperties : [])]
    const threadId = await inHelpDesk({ ...card, ticketProperties: own })
    expect(ticket(threadId)).toMatchObject({ subject: 'A parcel', order_number: '1042' })
    expect(notes(threadId)).toEqual([`note: The bot set values for the ticket that HubSpot did not take:\n${refused}`])
    expect(stack.log.at(-1)).toMatch(/does not have [\w ]+: HubSpot refused them\.$/)
    expect(stack.log.at(-1)).not.toContain(refused)
  })

  it('names in the log and in the note no more of what HubSpot refuses than a person reads', async () => {
    await save()
    const names = Array.from({ length: 3_000 }, (_, number) => `property_${number}`)
    const threadId = await inHelpDesk({ ticketProperties: names.map((name) => ({ name, value: 'x'.repeat(900) })) })
    expect(stack.log.at(-1)).toMatch(/does not have property_0, .* \(shortened\): HubSpot refused them\.$/)
    expect(stack.log.at(-1)?.length).toBeLessThan(700)
    expect(notes(threadId)).toEqual([expect.stringMatching(/\nproperty_0: x{200} \(shortened\)\n[^]* \(shortened\)$/)])
    expect(notes(threadId)[0]?.length).toBeLessThan(10_200)
  })

  it.each(['bare', 'page'] as const)('takes subject and content if HubSpot does not say why: %s', async (errors) => {
    await save()
    stack.hubspot.switches.errors = errors
    const threadId = await inHelpDesk({ priority: 'low', ticketProperties: [{ name: 'shoe_size', value: '44' }] })
    expect(ticket(threadId)).toMatchObject({ subject: 'A parcel', hs_ticket_priority: null })
    expect(notes(threadId)).toEqual([expect.stringContaining('hs_ticket_priority: LOW\nshoe_size: 44')])
  })

  it('is left alone without the scope, and the log names it only if the card needs it', async () => {
    await save(REQUIRED_SCOPES)
    const before = stack.log.length
    const first = await inHelpDesk({})
    expect(ticket(first)).toMatchObject({ subject: 'Conversation with Ada' })
    expect(stack.log.slice(before)).toEqual([])
    const second = await inHelpDesk({ priority: 'low' })
    expect(stack.log.at(-1)).toContain('HubSpot has not granted crm.objects.tickets.write')
    expect(notes(second)).toEqual([expect.stringContaining('hs_ticket_priority: LOW')])
  })

  it('is filled in with the older scope', async () => {
    await save([...REQUIRED_SCOPES, 'tickets'])
    expect(ticket(await inHelpDesk({}))).toMatchObject({ subject: 'A parcel' })
  })

  it('does not exist in an inbox, which a note says if the card needs it', async () => {
    await save()
    expect(notes(await escalated({ inboxId: INBOX }))).toEqual([])
    expect(notes(await escalated({ inboxId: INBOX, priority: 'low' }))).toHaveLength(1)
    expect(stack.log.at(-1)).toMatch(/Only a help desk has tickets\.$/)
  })

  it.each([{ kind: 'status', status: 404 }, { kind: 'status', status: 503 }, { kind: 'reset' }] as const)(
    'never fails the card: %j',
    async (fault) => {
      await save()
      stack.hubspot.faults = ({ path }) => (path.includes('/tickets/') ? fault : undefined)
      const threadId = await inHelpDesk({ priority: 'low' })
      expect(notes(threadId)).toHaveLength(1)
      expect(conversationOf(threadId)?.tags['ticketId']).toBe(stack.hubspot.ticketOf(threadId)?.id)
    },
  )
})

describe('the contact of a conversation', () => {
  /** HubSpot shows this one wherever it is asked for one. */
  const shows = (id: string) => {
    const contact = { id, properties: { email: ADA } }
    stack.hubspot.faults = allCalls(CONTACT, status(200, {}, contact))
  }
  const associated = (threadId: string) => stack.hubspot.thread(threadId).associatedContactId

  it('is the one into which the contact of the card was merged', async () => {
    await save()
    const { id } = stack.hubspot.contacts.add({ email: ADA })
    shows(id)
    const threadId = await escalated({ contactId: '900' })
    expect([associated(threadId), conversationOf(threadId)?.tags['contactId']]).toEqual([id, id])
  })

  it.each([{}, { contactId: '900' }])('is none if HubSpot still shows one that is gone: %j', async (card) => {
    await save()
    shows('999')
    expect(associated(await escalated(card))).not.toBe('999')
  })

  it('is not another one if its number has too many digits for JSON', async () => {
    await save()
    shows('9007199254740993')
    expect(associated(await escalated({}))).not.toMatch(/^9007/)
    expect(stack.hubspot.log.calls.filter(({ requestBody }) => requestBody.includes('associateWithContactId'))).toEqual(
      [],
    )
  })
})

describe('"Details" on the card', () => {
  const opening = (threadId: string) => threadLines(stack, threadId)[0]

  it('stand in the opening, one line each', async () => {
    await save()
    const threadId = await escalated({
      details: [
        { name: 'Order', value: '1042' },
        { name: 'Page:', value: 'https://shop.example.com/cart?id=1&lang=en' },
        { name: 'Coupon', value: '' },
        { name: '', value: 'A gift' },
      ],
    })
    expect(opening(threadId)).toMatch(
      /A parcel\n\nOrder: 1042\nPage: https:\/\/shop\.example\.com\/cart\?id=1&lang=en\nA gift\n\nAda /,
    )
  })

  it.each([[[]], [[{ name: 'Order', value: ' ' }]]])('can be %j', async (details) => {
    await save()
    expect(opening(await escalated({ details }))).toMatch(/A parcel\n\nAda /)
  })
})
