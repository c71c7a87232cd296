import type { TagDefinition } from '@botpress/sdk'

/** Customers have the first five tags, agents the last two. No user is both, whatever addresses they share. */
export const userTags = {
  contactId: { title: 'Contact ID', description: "The customer's HubSpot contact" },
  portalId: { title: 'Portal ID', description: 'The HubSpot account that the contact belongs to' },
  email: { title: 'E-mail', description: "The customer's e-mail address" },
  phoneNumber: { title: 'Phone Number', description: "The customer's phone number in E.164 format" },
  upstreamUserId: { title: 'Upstream User ID', description: "The bot's own user, for a customer without an address" },
  actorId: { title: 'Actor ID', description: "The agent's ID in HubSpot conversations, such as A-123" },
  agentEmail: { title: 'Agent E-mail', description: "The agent's e-mail address" },
} as const satisfies Record<string, TagDefinition>

/** Everything needed to relay a message, so that relaying needs no look-up. */
export const conversationTags = {
  id: { title: 'Thread ID', description: 'The HubSpot thread of the session' },
  integrationThreadId: {
    title: 'Integration Thread ID',
    description: "Our own ID of the thread, which starts with the session's start time",
  },
  portalId: { title: 'Portal ID', description: 'The HubSpot account that the thread belongs to' },
  channelId: { title: 'Channel ID', description: 'The custom channel that the thread belongs to' },
  channelAccountId: { title: 'Channel Account ID', description: 'The inbox connection that the thread uses' },
  inboxId: { title: 'Inbox ID', description: 'The inbox or help desk where the session was opened' },
  userId: { title: 'User ID', description: 'The Botpress user who is the customer' },
  contactId: { title: 'Contact ID', description: 'The HubSpot contact of the customer' },
  senderName: { title: 'Sender Name', description: "The customer's name in HubSpot" },
  senderIdentifierType: {
    title: 'Sender Identifier Type',
    description: 'HS_EMAIL_ADDRESS, HS_PHONE_NUMBER or CHANNEL_SPECIFIC_OPAQUE_ID',
  },
  senderIdentifier: {
    title: 'Sender Identifier',
    description: 'The e-mail address, phone number or Botpress user ID that identifies the customer in HubSpot',
  },
  assignedTo: { title: 'Assigned To', description: 'The actor ID of the agent who is assigned to the thread' },
  assignedAt: {
    title: 'Assigned At',
    description: 'When the latest handled assignment happened, in milliseconds since 1970',
  },
  announcedAt: {
    title: 'Announced At',
    description: 'When the bot hears of the last assignment, in milliseconds since 1970',
  },
  namedAgents: { title: 'Named Agents', description: 'The actor IDs of agents whose name the customer has seen' },
  answeredAt: {
    title: 'Answered At',
    description: "When an agent's answer to a test arrived, in milliseconds since 1970",
  },
  isTest: { title: 'Is Test', description: 'true for a test by the owner, which has no customer' },
  openedAt: {
    title: 'Opened At',
    description: 'When the opening was complete, in milliseconds since 1970. The conversation itself is made before',
  },
  openingHash: {
    title: 'Opening Hash',
    description: 'SHA-256 of the input that opened the session: tells a repetition',
  },
  ticketId: { title: 'Ticket ID', description: "The HubSpot ticket of a help desk's thread" },
  closedAt: { title: 'Closed At', description: 'When the session ended, in milliseconds since 1970' },
  reopenedFrom: {
    title: 'Reopened From',
    description: "The end that a customer's later message took back, in milliseconds since 1970",
  },
  endedBy: { title: 'Ended By', description: 'agent, bot or deletion' },
} as const satisfies Record<string, TagDefinition>

export const messageTags = {
  id: { title: 'Message ID', description: 'The HubSpot message, followed by :n for one of several parts' },
} as const satisfies Record<string, TagDefinition>
