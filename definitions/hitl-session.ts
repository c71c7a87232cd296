import { z, type EntityDefinition } from '@botpress/sdk'

/** The escalation card's fields beyond those of the interface. */
export const hitlSession = {
  title: 'HubSpot session',
  description: 'A conversation with human agents in a HubSpot inbox or help desk',
  // The card's field for this entity shows the schema's description. It cannot have its own.
  schema: z
    .object({
      customer: z
        .string()
        .optional()
        .title('Customer')
        .describe(
          "The customer's e-mail address, or phone number with country code. Use this instead of User Email, which the HITL plugin reads only the first time.",
        )
        .placeholder('name@example.com'),
      contactId: z
        .string()
        .optional()
        .title('Contact ID')
        .describe(
          "The record ID of the customer's HubSpot contact, if the bot knows it. Takes precedence over addresses.",
        )
        .placeholder('12345678'),
      inboxId: z
        .string()
        .optional()
        .title('Inbox or Help Desk ID')
        .describe(
          "The ID or name of another connected inbox or help desk for this card's conversations. Leave empty for the default.",
        )
        .placeholder('12345678'),
    })
    .title('HubSpot session')
    .describe('Additional settings for this session'),
} as const satisfies EntityDefinition
