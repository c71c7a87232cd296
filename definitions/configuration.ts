import { z } from '@botpress/sdk'

// Functions, because `.secret()` marks the schema that it is called on.
const text = () => z.string().optional()
const secretText = () => z.string().secret().optional()

/**
 * What the owner fills in once. The first four are the HubSpot app and belong together; without them an installation can
 * be saved, and Authorize shows what to do. Titles here are the names that error messages use (`fieldTitle`).
 */
export const configurationSchema = z.object({
  developerApiKey: secretText()
    .title('Developer API Key')
    .describe('Registers the channel. In HubSpot: Development > Keys > Developer API key.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  appId: text()
    .title('App ID')
    .describe('The number of your HubSpot app, shown on its page and by "hs project info".')
    .placeholder('1234567'),
  clientId: text()
    .title('Client ID')
    .describe('In HubSpot: your app > Auth > Client ID.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  clientSecret: secretText()
    .title('Client Secret')
    .describe('In HubSpot: your app > Auth > Client secret. It also proves that webhooks come from HubSpot.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  refreshToken: secretText()
    .title('Refresh Token')
    .describe('Leave it empty and click Authorize instead. Only for whoever has such a token of this app already.')
    .placeholder('na1-0000-0000-0000'),
  portalId: text()
    .title('HubSpot Account ID')
    .describe(
      'Optional: the only HubSpot account that this bot may be connected to. To move to another account, enter its number here, save, then click Authorize.',
    )
    .placeholder('12345678'),
  inboxId: text()
    .title('Inbox or Help Desk ID')
    .describe(
      'Where escalated conversations appear. Leave it empty to choose from a list while authorizing. With a wrong one, saving lists those you have.',
    )
    .placeholder('12345678'),
  additionalInboxIds: z
    .array(z.string())
    .optional()
    .title('More Inbox or Help Desk IDs')
    .describe(
      'Others that an escalation card may name. Needs "Inbox or Help Desk ID", which is the one for all cards that name none.',
    ),
  unknownContact: z
    .enum(['refuse', 'create', 'visitor'])
    .optional()
    .title('Unknown Customers')
    .describe(
      'What to do when HubSpot has no contact for a customer. visitor (default): the conversation opens without a contact. create: the contact is created, which needs the scope crm.objects.contacts.write. refuse: the escalation fails and says why.',
    ),
  keepAgentFiles: z
    .boolean()
    .optional()
    .title("Keep Agents' Files")
    .describe(
      'Copies the files that agents send to Botpress, where customers can open them for ever. Without it they get HubSpot links, which expire.',
    ),
})

export const configuration = {
  schema: configurationSchema,
  identifier: { linkTemplateScript: 'linkTemplate.vrl' },
}
