import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { change, NOW, reply } from '../../tests/support/webhook-bodies'
import { parseWebhook } from './parse'

const parse = (body: unknown) => parseWebhook(JSON.stringify(body), NOW)

describe('a webhook body', () => {
  it("is read as an agent's message", () => {
    expect(parse(reply)).toEqual({
      unreadable: [],
      lostAccounts: [],
      events: [
        {
          kind: 'agentMessage',
          threadId: '9876543210',
          occurredAt: Date.parse('2026-11-20T10:11:12.300Z'),
          portalId: '62515',
          channelId: '1234567',
          messageId: '3ad3474b08dd408ca57a8454e355e942',
          actorId: 'A-3892666',
          senderName: undefined,
          sentByAppId: undefined,
          integrationThreadId: 'bp-1795000000123-b',
          text: 'Hello',
          richText: '<p>Hello</p>',
          attachments: [{ kind: 'file', fileId: '12', url: undefined, name: 'a.pdf', fileUsageType: 'OTHER' }],
        },
      ],
    })
  })

  it('is read the same when it comes as an array, or with the thread ids inside the message', () => {
    const { channelIntegrationThreadIds, message, ...rest } = reply
    expect(parse([reply])).toEqual(parse(reply))
    expect(parse({ ...rest, message: { ...message, channelIntegrationThreadIds } })).toEqual(parse(reply))
  })

  it.each([
    ['A-3892666', 'A-3892666'],
    ['3892666', 'A-3892666'],
    [3892666, 'A-3892666'],
    [' A-3892666 ', 'A-3892666'],
    ['38 of us', '38 of us'],
    ['A38', 'A38'],
    ['', undefined],
    [' ', undefined],
    [null, undefined],
    [undefined, undefined],
  ])('is read as an assignment: %j', (propertyValue, actorId) => {
    expect(parse([{ ...change, propertyValue }])?.events).toEqual([
      {
        kind: 'assigned',
        threadId: '9876543210',
        occurredAt: 1763633472345,
        portalId: '62515',
        appId: '1160452',
        actorId,
      },
    ])
  })

  it.each([
    { ...change, propertyName: 'status', propertyValue: 'CLOSED' },
    { ...change, propertyName: 'status', propertyValue: 'ARCHIVED' },
    { ...change, propertyName: 'status', propertyValue: 'closed' },
    { ...change, propertyName: 'status', propertyValue: ' CLOSED ' },
    { ...change, subscriptionType: 'conversation.deletion' },
    { ...change, subscriptionType: 'conversation.privacyDeletion' },
    { ...change, subscriptionType: undefined, eventType: 'conversation.deletion' },
  ])('is read as an end: $subscriptionType $propertyName $propertyValue', (event) => {
    expect(parse([event])?.events).toMatchObject([{ kind: 'ended', threadId: '9876543210' }])
  })

  it.each([
    { ...change, propertyName: 'status', propertyValue: 'OPEN' },
    { ...change, propertyName: 'status', propertyValue: 'NOT_CLOSED' },
    { ...change, propertyName: 'channelInstanceId', propertyValue: 'CLOSED' },
    { ...change, propertyName: 'status', propertyValue: 'CLOSED_BY_BOT' },
    { ...change, propertyName: 'status', propertyValue: null },
    { ...change, propertyName: 'isArchived', propertyValue: 'FALSE' },
    { ...reply, message: { ...reply.message, type: 'COMMENT' } },
    { ...change, subscriptionType: 'conversation.newMessage' },
    { type: 'CHANNEL_ACCOUNT_CREATED' },
    { type: 'CHANNEL_ACCOUNT_UPDATED', channelAccountId: 9, authorized: true },
    { type: 'CHANNEL_ACCOUNT_UPDATED', channelAccountId: 9, authorized: null },
    {},
  ])('is ignored: %j', (event) => expect(parse([event])).toEqual({ events: [], lostAccounts: [], unreadable: [] }))

  it.each([
    { type: 'CHANNEL_ACCOUNT_UPDATED', portalId: '62515', channelAccountId: '9', authorized: false },
    { type: 'CHANNEL_ACCOUNT_PURGED', portalId: 62515, channelId: null, channelAccountId: 9 },
  ])('is read as the loss of an account: %j', (event) => {
    expect(parse(event)?.lostAccounts).toEqual([{ channelAccountId: '9', portalId: '62515' }])
  })

  it.each<[string, object, object]>([
    ['its first sender', { senders: [{ actorId: 7 }, { actorId: 'A-8' }], createdBy: 'A-9' }, { actorId: 'A-7' }],
    ['its creator where it names no sender', { senders: [], createdBy: 9 }, { actorId: 'A-9' }],
    [
      'its creator where the sender has no id',
      { senders: [{ name: ' Ada ' }] },
      { actorId: 'A-3892666', senderName: 'Ada' },
    ],
    [
      'no one where it names neither',
      { senders: null, createdBy: null },
      { actorId: undefined, senderName: undefined },
    ],
  ])("takes for the author of an agent's message %s", (_who, fields, author) =>
    expect(parse({ ...reply, message: { ...reply.message, ...fields } })?.events).toMatchObject([author]),
  )

  it("is read as an agent's message without text and attachments, of the time that the event names, else of now", () => {
    const { createdAt: _, text: _text, richText: _rich, attachments: _files, ...bare } = reply.message
    const empty = { text: '', richText: '', attachments: [] }
    expect(parse({ ...reply, message: bare })?.events).toMatchObject([{ ...empty, occurredAt: NOW }])
    expect(parse({ ...reply, message: bare, eventTimestamp: 5 })?.events).toMatchObject([{ ...empty, occurredAt: 5 }])
    expect(parse([{ ...change, occurredAt: undefined }])?.events).toMatchObject([{ occurredAt: NOW }])
  })

  it('names the newest of our sessions, wherever it names it', () => {
    const ids = (outside: string[], inside: string[]) =>
      parse({
        ...reply,
        channelIntegrationThreadIds: outside,
        message: { ...reply.message, channelIntegrationThreadIds: inside },
      })?.events
    const [old, recent] = ['bp-1795000000000-z', 'bp-1795000000001-a']
    expect(ids([old, recent], ['zz-other'])).toMatchObject([{ integrationThreadId: recent }])
    expect(ids([recent], [old, 'zz-other'])).toMatchObject([{ integrationThreadId: recent }])
    expect(ids(['zz-other'], [])).toMatchObject([{ integrationThreadId: undefined }])
  })

  it('keeps what is good beside what is broken', () => {
    const { message: _, ...noMessage } = reply
    const parsed = parse([noMessage, change, 7, null, { ...change, objectId: {} }])
    expect(parsed?.events).toMatchObject([{ kind: 'assigned' }])
    expect(parsed?.unreadable.map(({ where }) => where)).toEqual([
      'message of OUTGOING_CHANNEL_MESSAGE_CREATED',
      'an entry that is not an object',
      'an entry that is not an object',
      'objectId of conversation.propertyChange',
    ])
  })

  it('is unreadable if its id is longer than an address can be: another attempt would fail again', () => {
    const long = { ...change, objectId: 'x'.repeat(100_000) }
    expect(parse([long])?.unreadable).toEqual([{ where: 'objectId of conversation.propertyChange' }])
  })

  it('is not taken for an event of another thread if its number has lost digits', () => {
    const body = JSON.stringify(change).replace(/"objectId":\d+/, '"objectId":9007199254740993')
    expect(parseWebhook(body)?.unreadable).toEqual([{ where: 'objectId of conversation.propertyChange' }])
  })

  it('is read up to its thousandth entry', () => {
    expect(parse(Array.from({ length: 1_000 }, () => change))).toMatchObject({ unreadable: [] })
    const parsed = parse(Array.from({ length: 1_200 }, () => change))
    expect(parsed?.events).toHaveLength(1_000)
    expect(parsed?.unreadable).toEqual([{ where: 'more than 1000 entries' }])
  })

  it.each<[string, object, { messageId: string; channelId: string | undefined } | undefined]>([
    ['message.conversationsThreadId', { message: { id: 'm-1' } }, { messageId: 'm-1', channelId: '1234567' }],
    [
      'message.conversationsThreadId',
      { channelId: null, message: { id: 7, channelId: 8 } },
      { messageId: '7', channelId: '8' },
    ],
    [
      'channelId',
      { channelId: {}, message: { id: 'm-1', conversationsThreadId: 1 } },
      { messageId: 'm-1', channelId: undefined },
    ],
    ['message.id', { message: { conversationsThreadId: '1' } }, undefined],
  ])("names the missing %s of an agent's message, and which message it is: %j", (path, fields, message) => {
    const parsed = parse({ ...reply, ...fields })
    expect(parsed?.events).toEqual([])
    expect(parsed?.unreadable).toEqual([
      { where: `${path} of OUTGOING_CHANNEL_MESSAGE_CREATED`, message: message && { ...message, portalId: '62515' } },
    ])
  })

  it.each(['', 'null', '7', '"text"', '{', '\u0000', '[1,'])('is refused when it is %j', (body) => {
    expect(parseWebhook(body)).toBeUndefined()
  })

  it('never throws, whatever comes', () => {
    const mutated = fc
      .tuple(fc.constantFrom<object>(reply, change), fc.string(), fc.jsonValue())
      .map(([base, key, value]) => {
        const keys = Object.keys(base)
        return { ...base, [keys[key.length % keys.length] ?? key]: value }
      })
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          mutated.map((each) => JSON.stringify(each)),
        ),
        (body) => {
          const kinds = (parseWebhook(body)?.events ?? []).map(({ kind }) => kind)
          expect(['agentMessage', 'assigned', 'ended']).toEqual(expect.arrayContaining(kinds))
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
