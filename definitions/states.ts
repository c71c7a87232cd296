import { z, type StateDefinition } from '@botpress/sdk'

const tokens = {
  type: 'integration',
  schema: z.object({
    accessToken: z
      .string()
      .secret()
      .title('Access Token')
      .describe('The token for calls to HubSpot, valid for minutes'),
    expiresAt: z.number().title('Expires At').describe('When the access token ends, in milliseconds since 1970'),
    refreshToken: z.string().secret().title('Refresh Token').describe('The refresh token that HubSpot returned last'),
    clientId: z.string().title('Client ID').describe('The HubSpot app that the tokens were issued to'),
    configuredTokenHash: z
      .string()
      .title('Configured Token Hash')
      .describe('SHA-256 of the refresh token in the form: tells a new one from the one in use'),
    portalId: z.string().title('Portal ID').describe('The HubSpot account that the tokens belong to'),
    scopes: z.array(z.string()).title('Scopes').describe('What the account has granted to the app'),
  }),
} as const satisfies StateDefinition

const channel = {
  type: 'integration',
  schema: z.object({
    channelId: z.string().title('Channel ID').describe('The custom channel registered for this installation'),
    portalId: z.string().title('Portal ID').describe('The HubSpot account that the inboxes belong to'),
    webhookUrl: z.string().title('Webhook URL').describe('The address that the channel sends agent replies to'),
    defaultInboxId: z.string().title('Default Inbox ID').describe('Where sessions open when the card names no inbox'),
    accounts: z
      .record(
        z.object({
          channelAccountId: z.string().title('Channel Account ID').describe('The channel as connected to this inbox'),
          name: z.string().title('Name').describe('The name of the inbox or help desk'),
          type: z.enum(['INBOX', 'HELP_DESK']).title('Kind').describe('Inbox or help desk'),
        }),
      )
      .title('Accounts')
      .describe('The connected inboxes and help desks, by inbox ID'),
    refusedCapabilities: z
      .string()
      .optional()
      .title('Refused Capabilities')
      .describe('SHA-256 of the capabilities that HubSpot did not accept for the channel: they are not sent again'),
  }),
} as const satisfies StateDefinition

const setup = {
  type: 'integration',
  schema: z.object({
    newChannel: z
      .object({
        channelId: z.string().title('Channel ID').describe('The channel that was registered'),
        webhookUrl: z.string().title('Webhook URL').describe('The address that it was registered for'),
        createdAt: z.number().title('Created At').describe('When that was, in milliseconds since 1970'),
      })
      .title('New Channel')
      .describe('A channel that HubSpot may not list yet: the next save waits for it instead of making another'),
  }),
} as const satisfies StateDefinition

export const states = { tokens, channel, setup }
