/** What HubSpot sends when an agent has written. */
export const reply = {
  type: 'OUTGOING_CHANNEL_MESSAGE_CREATED',
  portalId: '62515',
  channelId: '1234567',
  eventId: '7f0c0d0a',
  channelIntegrationThreadIds: ['bp-1795000000123-b'],
  message: {
    id: '3ad3474b08dd408ca57a8454e355e942',
    conversationsThreadId: '9876543210',
    createdAt: '2026-11-20T10:11:12.300Z',
    createdBy: 'A-3892666',
    client: { clientType: 'HUBSPOT' },
    senders: [{ actorId: 'A-3892666' }],
    text: 'Hello',
    richText: '<p>Hello</p>',
    attachments: [{ type: 'FILE', fileId: 12, name: 'a.pdf', fileUsageType: 'OTHER' }],
    inReplyToId: null,
  },
}

/** What HubSpot sends when an agent has taken the thread. */
export const change = {
  eventId: 3816279340,
  portalId: 62515,
  appId: 1160452,
  occurredAt: 1763633472345,
  subscriptionType: 'conversation.propertyChange',
  attemptNumber: 0,
  objectId: 9876543210,
  propertyName: 'assignedTo',
  propertyValue: 'A-3892666',
}

/** When the webhooks arrive. */
export const NOW = 1_795_000_000_000
