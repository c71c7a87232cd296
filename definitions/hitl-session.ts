import { z, type EntityDefinition } from '@botpress/sdk'

/** The escalation card's fields beyond those of the interface. */
export const hitlSession = {
  title: 'HubSpot session',
  description: 'A conversation with human agents in a HubSpot inbox or help desk',
  // The card's field for this entity shows the schema's description. It cannot have its own.
  schema: z
    .object({
      inboxId: z
        .string()
        .optional()
        .title('Inbox or Help Desk ID')
        .describe(
          "Send this card's conversations to another connected inbox or help desk. Leave empty for the default.",
        )
        .placeholder('12345678'),
    })
    .title('HubSpot session')
    .describe('Additional settings for this session'),
} as const satisfies EntityDefinition
