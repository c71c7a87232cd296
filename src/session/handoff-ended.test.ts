import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { events } from '../../definitions/events'
import { handoffEnded, saidIn, type Entry, type Handoff } from './handoff-ended'

const OPENED = Date.parse('2026-11-28T12:00:00Z')

const missed: Handoff = {
  sessionId: 'conv_1',
  threadId: '9876543211',
  ticketId: undefined,
  agent: undefined,
  openedAt: OPENED,
  assignedAt: undefined,
  answeredAt: undefined,
  endedAt: OPENED + 60_000,
  endedBy: 'bot',
  said: [],
}

describe('the event at the end of a session', () => {
  it('says that no agent answered', () => {
    expect(handoffEnded(missed)).toEqual({
      sessionId: 'conv_1',
      threadId: '9876543211',
      openedAt: '2026-11-28T12:00:00.000Z',
      endedAt: '2026-11-28T12:01:00.000Z',
      endedBy: 'bot',
      outcome: 'missed',
      transcript: [],
    })
  })

  it('says who answered when, and what people said', () => {
    const answered: Handoff = {
      ...missed,
      ticketId: '28000101',
      agent: { name: 'Grace Sample', email: 'grace.sample@agents.example.com' },
      assignedAt: OPENED + 1_000,
      answeredAt: OPENED + 2_000,
      endedBy: 'agent',
      said: [
        { from: 'customer', name: undefined, text: 'Is somebody there?' },
        { from: 'agent', name: 'Grace Sample', text: ' Yes. ' },
        { from: 'agent', name: 'Grace Sample', text: ' ' },
      ],
    }
    expect(handoffEnded(answered)).toMatchObject({
      ticketId: '28000101',
      agent: { name: 'Grace Sample', email: 'grace.sample@agents.example.com' },
      assignedAt: '2026-11-28T12:00:01.000Z',
      answeredAt: '2026-11-28T12:00:02.000Z',
      endedBy: 'agent',
      outcome: 'answered',
      transcript: [
        { from: 'customer', text: 'Is somebody there?' },
        { from: 'agent', name: 'Grace Sample', text: 'Yes.' },
      ],
    })
  })

  it('has the newest lines, 20 and 8,000 bytes at most, and matches its definition', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 1_500 }), fc.string({ maxLength: 40 }))
    const spoken = fc.record({
      from: fc.constantFrom('agent' as const, 'customer' as const),
      name: fc.option(fc.string({ maxLength: 200 }), { nil: undefined }),
      text,
    })
    fc.assert(
      fc.property(fc.array(spoken, { maxLength: 40 }), (said) => {
        const ended = handoffEnded({ ...missed, said: [...said, { from: 'agent', name: 'Grace', text: 'Goodbye' }] })
        expect(events.handoffEnded.schema.safeParse(ended).success).toBe(true)
        expect(ended.transcript.length).toBeLessThanOrEqual(20)
        expect(Buffer.byteLength(JSON.stringify(ended.transcript))).toBeLessThanOrEqual(8_000)
        expect(ended.transcript.at(-1)).toEqual({ from: 'agent', name: 'Grace', text: 'Goodbye' })
      }),
    )
  })

  it('has no field that makes the HITL plugin stop it', () => {
    expect(Object.keys(events.handoffEnded.schema.shape)).not.toContain('conversationId')
  })
})

describe('what people said in a thread', () => {
  const entry = (over: Partial<Entry>): Entry => ({
    type: 'MESSAGE',
    direction: 'OUTGOING',
    receipt: 'SENT',
    actorId: 'A-1',
    senderName: undefined,
    text: 'Hello',
    createdAt: OPENED + 1_000,
    ...over,
  })
  const question = entry({
    direction: 'INCOMING',
    actorId: 'V-1',
    senderName: 'Ada',
    text: 'Hello?',
    createdAt: OPENED,
  })

  it('is told in the order in which they said it, with the time of each answer', () => {
    expect(saidIn([entry({ text: 'Yes.' }), question], OPENED)).toEqual([
      { from: 'customer', name: 'Ada', text: 'Hello?', actorId: undefined, answeredAt: undefined },
      { from: 'agent', name: undefined, text: 'Yes.', actorId: 'A-1', answeredAt: OPENED + 1_000 },
    ])
  })

  it.each<[string, Partial<Entry>]>([
    ['notes', { type: 'COMMENT' }],
    ['entries of unknown types', { type: undefined }],
    ['messages that did not reach the customer', { receipt: 'FAILED' }],
    ['chatflows and AI agents', { actorId: 'L-1' }],
    ['authors without an ID', { actorId: undefined }],
    ['the request itself', { direction: 'INCOMING', actorId: 'V-1', createdAt: OPENED - 1 }],
  ])('does not include %s', (_what, over) => {
    expect(saidIn([entry(over)], OPENED)).toEqual([])
  })

  it('includes what an agent wrote to the bot, which is no answer', () => {
    expect(saidIn([entry({ text: '/bot Refund it.' })], OPENED)).toMatchObject([
      { text: 'Refund it.', answeredAt: undefined },
    ])
  })

  it('includes entries without a time', () => {
    expect(saidIn([entry({ createdAt: undefined })], OPENED)).toMatchObject([{ answeredAt: OPENED }])
  })
})
