import { z } from '@botpress/sdk'

// A function, because `.secret()` marks the schema that it is called on.
const requiredText = () => z.string().min(1)

/** What the owner fills in once. Titles here are the names that error messages use (see `FIELD_TITLES`). */
export const configurationSchema = z.object({
  developerApiKey: requiredText()
    .secret()
    .title('Developer API Key')
    .describe('Registers the channel. In HubSpot: Development > Keys > Developer API key.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  appId: requiredText()
    .title('App ID')
    .describe('The number of your HubSpot app, shown on its page and by "hs project info".')
    .placeholder('1234567'),
  clientId: requiredText()
    .title('Client ID')
    .describe('In HubSpot: your app > Auth > Client ID.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  clientSecret: requiredText()
    .secret()
    .title('Client Secret')
    .describe('In HubSpot: your app > Auth > Client secret. It also proves that webhooks come from HubSpot.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  refreshToken: requiredText()
    .secret()
    .title('Refresh Token')
    .describe('What HubSpot gave when the app was installed into your account with all its scopes.')
    .placeholder('na1-0000-0000-0000'),
  inboxId: requiredText()
    .title('Inbox or Help Desk ID')
    .describe(
      'Where escalated conversations appear. It is the number after /inbox/ or /help-desk/ in the address of its settings page; with a wrong one, saving lists those you have.',
    )
    .placeholder('12345678'),
  keepAgentFiles: z
    .boolean()
    .optional()
    .title("Keep Agents' Files")
    .describe(
      'Copies the files that agents send to Botpress, where customers can open them for ever. Without it they get HubSpot links, which expire.',
    ),
})

export const configuration = { schema: configurationSchema }
