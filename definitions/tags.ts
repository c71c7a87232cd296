import type { TagDefinition } from '@botpress/sdk'

/** Customers carry the first five, agents the last two: no user is both, whatever addresses they share. */
export const userTags = {
  contactId: { title: 'Contact ID', description: 'The HubSpot contact that the customer is' },
  portalId: { title: 'Portal ID', description: 'The HubSpot account that the contact belongs to' },
  email: { title: 'E-mail', description: 'E-mail address of the customer' },
  phoneNumber: { title: 'Phone Number', description: 'Phone number of the customer, in E.164 form' },
  upstreamUserId: {
    title: 'Upstream User ID',
    description: 'The user of the bot whom the customer is, where no address tells',
  },
  actorId: { title: 'Actor ID', description: 'Who the agent is in HubSpot conversations, as in A-123' },
  agentEmail: { title: 'Agent E-mail', description: 'E-mail address of the agent' },
} as const satisfies Record<string, TagDefinition>

/** All that relaying one message needs travels here, so that it costs no look-up. */
export const conversationTags = {
  id: { title: 'Thread ID', description: 'The HubSpot thread of the session' },
  integrationThreadId: {
    title: 'Integration Thread ID',
    description: 'Our own id of the thread, starting with when the session began',
  },
  portalId: { title: 'Portal ID', description: 'The HubSpot account that the thread belongs to' },
  channelId: { title: 'Channel ID', description: 'The custom channel that the thread belongs to' },
  channelAccountId: { title: 'Channel Account ID', description: 'The inbox connection that the thread came through' },
  inboxId: { title: 'Inbox ID', description: 'The inbox or help desk that the session was opened in' },
  userId: { title: 'User ID', description: 'The Botpress user who is the customer' },
  contactId: { title: 'Contact ID', description: 'The HubSpot contact of the customer' },
  senderName: { title: 'Sender Name', description: 'How the customer is called in HubSpot' },
  senderIdentifierType: {
    title: 'Sender Identifier Type',
    description: 'HS_EMAIL_ADDRESS, HS_PHONE_NUMBER or CHANNEL_SPECIFIC_OPAQUE_ID',
  },
  senderIdentifier: {
    title: 'Sender Identifier',
    description: 'The e-mail address, phone number or Botpress user ID that HubSpot knows the customer by',
  },
  assignedTo: { title: 'Assigned To', description: 'The actor ID of the agent who has the thread' },
  assignedAt: {
    title: 'Assigned At',
    description: 'When the last handled assignment happened, in milliseconds since 1970',
  },
  announcedAt: {
    title: 'Announced At',
    description: 'When the bot hears of the last assignment, in milliseconds since 1970',
  },
  openingHash: {
    title: 'Opening Hash',
    description: 'SHA-256 of the input that opened the session: tells a repetition',
  },
  closedAt: { title: 'Closed At', description: 'When the session ended, in milliseconds since 1970' },
  endedBy: { title: 'Ended By', description: 'agent, bot or deletion' },
} as const satisfies Record<string, TagDefinition>

export const messageTags = {
  id: { title: 'Message ID', description: 'The HubSpot message, with :n for one part of several' },
} as const satisfies Record<string, TagDefinition>
