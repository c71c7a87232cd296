import { z } from '@botpress/sdk'

// Functions, because `.secret()` modifies the schema it is called on.
const text = () => z.string().optional()
const secretText = () => z.string().secret().optional()

/**
 * The owner's form. The first four fields describe the HubSpot app and belong together. If all four are empty, saving
 * still succeeds and Authorize shows what to do. Error messages use the titles (`fieldTitle`).
 */
export const configurationSchema = z.object({
  developerApiKey: secretText()
    .title('Developer API Key')
    .describe('Registers the channel. In HubSpot: Development > Keys > Developer API key.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  appId: text()
    .title('App ID')
    .describe(
      "The number of your HubSpot app: printed by botpress-inbox.mjs and shown on the app's page. Not the Project ID.",
    )
    .placeholder('1234567'),
  clientId: text()
    .title('Client ID')
    .describe('In HubSpot: your app > Auth > Client ID.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  clientSecret: secretText()
    .title('Client Secret')
    .describe('In HubSpot: your app > Auth > Client secret. Also used to verify that webhooks come from HubSpot.')
    .placeholder('00000000-0000-0000-0000-000000000000'),
  refreshToken: secretText()
    .title('Refresh Token')
    .describe('Leave empty and click Authorize instead. Only needed if you already have a refresh token for this app.')
    .placeholder('na1-0000-0000-0000'),
  portalId: text()
    .title('HubSpot Account ID')
    .describe(
      'Optional: the only HubSpot account that this bot can be connected to. To switch to another account, enter its number here, save, then click Authorize.',
    )
    .placeholder('12345678'),
  inboxId: text()
    .title('Inbox or Help Desk ID')
    .describe(
      'Where escalated conversations appear. Leave empty to choose from a list while authorizing. If the ID is wrong, saving fails and lists the available ones.',
    )
    .placeholder('12345678'),
  additionalInboxIds: z
    .array(z.string())
    .optional()
    .title('More Inbox or Help Desk IDs')
    .describe(
      'Other inboxes and help desks that escalation cards can name. Requires "Inbox or Help Desk ID", the default for cards that name none.',
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
      "Copies agents' files to Botpress, so that customers can always open them. If off, customers get HubSpot links, which expire.",
    ),
  showAgentName: z
    .boolean()
    .optional()
    .title('Show Agent Name')
    .describe(
      "Each agent's first message in a conversation begins with the agent's name. For channels such as WhatsApp, where customers cannot see who writes.",
    ),
  redactCardNumbers: z
    .boolean()
    .optional()
    .title('Redact Card Numbers')
    .describe(
      'Only the last four digits of payment card numbers that customers and bots write reach HubSpot: •••• 1111.',
    ),
})

export const configuration = {
  schema: configurationSchema,
  identifier: { linkTemplateScript: 'linkTemplate.vrl' },
}
