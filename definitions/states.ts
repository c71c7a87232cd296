import { z, type StateDefinition } from '@botpress/sdk'

const tokens = {
  type: 'integration',
  schema: z.object({
    accessToken: z.string().secret().title('Access Token').describe('The short-lived token for calls to HubSpot'),
    expiresAt: z.number().title('Expires At').describe('When the access token expires, in milliseconds since 1970'),
    refreshToken: z.string().secret().title('Refresh Token').describe("HubSpot's latest refresh token"),
    clientId: z.string().title('Client ID').describe('The HubSpot app that the tokens were issued to'),
    configuredTokenHash: z
      .string()
      .title('Configured Token Hash')
      .describe('SHA-256 of the refresh token in the form, to detect a new one'),
    portalId: z.string().title('Portal ID').describe('The HubSpot account that the tokens belong to'),
    accountName: z
      .string()
      .optional()
      .title('Account Name')
      .describe('The domain of the HubSpot account, as people know it'),
    scopes: z.array(z.string()).title('Scopes').describe('The scopes that the account granted to the app'),
  }),
} as const satisfies StateDefinition

const channel = {
  type: 'integration',
  schema: z.object({
    channelId: z.string().title('Channel ID').describe('The custom channel registered for this installation'),
    portalId: z.string().title('Portal ID').describe('The HubSpot account that the inboxes belong to'),
    webhookUrl: z.string().title('Webhook URL').describe('Where the channel sends agent replies'),
    defaultInboxId: z.string().title('Default Inbox ID').describe('The inbox or help desk for cards that name none'),
    accounts: z
      .record(
        z.object({
          channelAccountId: z.string().title('Channel Account ID').describe("The channel's connection to this inbox"),
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
        webhookUrl: z.string().title('Webhook URL').describe('The webhook URL of the new channel'),
        createdAt: z.number().title('Created At').describe('When it was registered, in milliseconds since 1970'),
      })
      .title('New Channel')
      .describe('A channel that HubSpot may not list yet. The next save waits for it instead of creating another.'),
  }),
} as const satisfies StateDefinition

export const states = { tokens, channel, setup }
