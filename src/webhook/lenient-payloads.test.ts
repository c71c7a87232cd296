import { describe, expect, it } from 'vitest'
import { change, NOW, reply } from '../../tests/support/webhook-bodies'
import { parseWebhook } from './parse'

const parse = (body: unknown) => parseWebhook(JSON.stringify(body), NOW)

describe("an agent's message is read whatever HubSpot adds, leaves out or writes as a number:", () => {
  const ID = '3ad3474b08dd408ca57a8454e355e942'
  const parsed = (entry: object) => parse(entry)?.events[0]

  it('nothing but the essential fields', () => {
    const message = { id: ID, conversationsThreadId: '9876543210' }
    expect(parsed({ type: reply.type, channelId: '1234567', message })).toEqual({
      kind: 'agentMessage',
      threadId: '9876543210',
      occurredAt: NOW,
      portalId: undefined,
      channelId: '1234567',
      messageId: ID,
      actorId: undefined,
      senderName: undefined,
      sentByAppId: undefined,
      integrationThreadId: undefined,
      text: '',
      richText: '',
      attachments: [],
    })
  })

  it.each<[string, object, object]>([
    ['the channel inside the message', { channelId: null, message: { channelId: 1234567 } }, { channelId: '1234567' }],
    [
      'numbers for ids',
      { channelId: 1234567, message: { id: 12, conversationsThreadId: 34 } },
      { channelId: '1234567', messageId: '12', threadId: '34' },
    ],
    ['a number for the time', { message: { createdAt: 1795000000001 } }, { occurredAt: 1795000000001 }],
    ['digits for the time', { message: { createdAt: '1795000000001' } }, { occurredAt: 1795000000001 }],
    [
      'the time of the event alone',
      { eventTimestamp: '2026-11-20T10:11:12.345Z', message: { createdAt: null } },
      { occurredAt: Date.parse('2026-11-20T10:11:12.345Z') },
    ],
    ['no time', { message: { createdAt: 'yesterday' } }, { occurredAt: NOW }],
    ['a time beyond all dates', { message: { createdAt: 1e300 } }, { occurredAt: NOW }],
    ['a number for the author', { message: { senders: [], createdBy: 3892666 } }, { actorId: 'A-3892666' }],
    ['a number for the sender', { message: { senders: [{ actorId: 3892667 }] } }, { actorId: 'A-3892667' }],
    [
      'the name of the sender',
      { message: { senders: [{ name: ' Grace Sample ' }] } },
      { senderName: 'Grace Sample', actorId: 'A-3892666' },
    ],
    ['odd senders', { message: { senders: 'nobody', createdBy: null } }, { actorId: undefined }],
    ['a number for the app', { message: { client: { integrationAppId: 1160452 } } }, { sentByAppId: '1160452' }],
    [
      'null for all the rest',
      {
        portalId: null,
        message: { client: null, senders: null, createdBy: null, text: null, richText: null, attachments: null },
      },
      { text: '', richText: '', attachments: [], actorId: undefined },
    ],
    ['a number for the text', { message: { text: 42 } }, { text: '42' }],
    [
      'subscriptionType beside type',
      { type: null, subscriptionType: 'OUTGOING_CHANNEL_MESSAGE_CREATED' },
      { kind: 'agentMessage' },
    ],
    [
      'another type beside eventType',
      { type: 'MESSAGE', eventType: 'OUTGOING_CHANNEL_MESSAGE_CREATED' },
      { kind: 'agentMessage' },
    ],
  ])('%s', (_name, changed, expected) => {
    const { message, ...rest } = { message: {}, ...changed }
    expect(parsed({ ...reply, ...rest, message: { ...reply.message, ...message } })).toMatchObject(expected)
  })

  it.each<[string, unknown[], (string | undefined)[]]>([
    [
      'one whose id is an address',
      [{ fileId: 'https://files.example.com/1' }],
      [undefined, 'https://files.example.com/1'],
    ],
    ['one that has id in place of fileId', [{ id: 12, name: 'a.pdf' }], ['12', undefined]],
    [
      'one without an id',
      [{ url: 'https://files.example.com/2', fileId: null }],
      [undefined, 'https://files.example.com/2'],
    ],
    ['one beside nonsense', [7, null, { fileId: '13' }], ['13', undefined]],
  ])('files: %s', (_name, attachments, [fileId, url]) => {
    expect(parsed({ ...reply, message: { ...reply.message, attachments } })).toMatchObject({
      attachments: [{ fileId, url }],
    })
  })

  it.each<[string, object, unknown[]]>([
    [
      'options',
      {
        type: 'QUICK_REPLIES',
        quickReplies: [
          { label: 'Yes', value: 'yes', valueType: 'TEXT' },
          null,
          { value: 'No' },
          { label: 'More', value: 'https://a.example', valueType: 'URL' },
        ],
      },
      [{ kind: 'words', lines: ['Yes', 'No', 'More: https://a.example'] }],
    ],
    [
      'a place',
      { type: 'LOCATION', latitude: 52.5, longitude: '13.4', name: 'Shop', address: 'Main Street 1' },
      [
        {
          kind: 'words',
          lines: ['Shop, Main Street 1: https://www.google.com/maps/search/?api=1&query=52.5,13.4'],
        },
      ],
    ],
    [
      'a contact',
      {
        type: 'CONTACT',
        contactProfile: {
          name: { firstName: 'Ada', lastName: 'Byron', prefix: null },
          org: { company: 'Shop' },
          phones: [{ type: 'WORK', phone: '+1 415' }, 7, '+1 416'],
          emails: [{ email: 'ada@shop.example' }],
          addresses: [{ street: 'Main Street 1', zip: '12345', city: 'London' }],
        },
      },
      [
        {
          kind: 'words',
          lines: ['Ada Byron', 'Shop', '+1 415', '+1 416', 'ada@shop.example', 'Main Street 1 12345 London'],
        },
      ],
    ],
    [
      'a header with a file',
      { type: 'MESSAGE_HEADER', text: 'Offer', fileId: 7 },
      [
        { kind: 'words', lines: ['Offer'] },
        { kind: 'file', fileId: '7' },
      ],
    ],
    [
      'a kind to come that has an address',
      { type: 'PICTURE', url: 'https://a.example' },
      [{ kind: 'file', url: 'https://a.example' }],
    ],
    ['a file without anything', { type: 'FILE' }, [{ kind: 'file', fileId: undefined, url: undefined }]],
    ['what HubSpot itself cannot show', { type: 'UNSUPPORTED_CONTENT' }, [{ kind: 'unknown' }]],
    ['an empty contact', { type: 'CONTACT', contactProfile: 7 }, [{ kind: 'unknown' }]],
    ['what only describes the message', { type: 'SOCIAL_MEDIA_METADATA', socialMetadata: {} }, []],
  ])('attachments: %s', (_name, attachment, expected) => {
    const read = parsed({ ...reply, message: { ...reply.message, attachments: [attachment] } })
    expect(read).toMatchObject({ attachments: expected })
  })

  it.each<[string, unknown, unknown, string | undefined]>([
    [
      'the newest of ours',
      ['bp-1795000000123-a', 'bp-1795000000999-b', 'bp-1795000000500-c'],
      undefined,
      'bp-1795000000999-b',
    ],
    ['ours, not those of other apps', ['zz-9', 7, null, 'bp-1795000000123-a'], undefined, 'bp-1795000000123-a'],
    ['ours, in whichever of the two places', ['bp-1795000000123-a'], ['bp-1795000000999-b'], 'bp-1795000000999-b'],
    ['none, where none is ours', ['zz-9'], null, undefined],
    ['none, where the list is odd', 'bp-1795000000123-a', {}, undefined],
  ])('thread ids: %s', (_name, above, inside, expected) => {
    const entry = {
      ...reply,
      channelIntegrationThreadIds: above,
      message: { ...reply.message, channelIntegrationThreadIds: inside },
    }
    expect(parsed(entry)).toMatchObject({ integrationThreadId: expected })
  })
})

describe('an event of a thread is read whatever HubSpot leaves out or writes in another form:', () => {
  const parsed = (changed: object) => parse([{ ...change, ...changed }])?.events[0]

  it.each<[string, object, object]>([
    ['digits for the time', { occurredAt: '1763633472345' }, { occurredAt: 1763633472345 }],
    ['an ISO time', { occurredAt: '2026-11-20T10:11:12.345Z' }, { occurredAt: Date.parse('2026-11-20T10:11:12.345Z') }],
    ['no time', { occurredAt: null }, { occurredAt: NOW }],
    ['a time in nanoseconds', { occurredAt: 1.7e18 }, { occurredAt: NOW }],
    ['an odd time', { occurredAt: 'today' }, { occurredAt: NOW }],
    ['text for ids', { objectId: '12', portalId: '34', appId: '56' }, { threadId: '12', portalId: '34', appId: '56' }],
    ['null for ids', { portalId: null, appId: null }, { portalId: undefined, appId: undefined }],
    ['the plural', { subscriptionType: 'conversations.propertyChange' }, { kind: 'assigned' }],
    ['type beside a null', { subscriptionType: null, type: 'conversation.deletion' }, { kind: 'ended' }],
    [
      'eventType beside another type',
      { subscriptionType: undefined, type: 'APP', eventType: 'conversations.deletion' },
      { kind: 'ended' },
    ],
  ])('%s', (_name, changed, expected) => expect(parsed(changed)).toMatchObject(expected))
})
