import { z, type EntityDefinition } from '@botpress/sdk'

const pairs = (title: string, example: string) =>
  z
    .array(
      z.object({
        name: z.string().title(title).describe(`For example ${example}`),
        value: z.string().title('Value').describe('A text or a variable'),
      }),
    )
    .optional()

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
      agent: z
        .string()
        .optional()
        .title('Agent')
        .describe(
          'Assign the conversation to this agent: an e-mail address, an actor ID such as A-123, "owner" for the contact\'s owner, or "last" for whoever had this customer last.',
        )
        .placeholder('owner'),
      priority: z
        .string()
        .optional()
        .title('Ticket Priority')
        .describe('In a help desk: LOW, MEDIUM, HIGH or URGENT')
        .placeholder('HIGH'),
      ticketProperties: pairs('Internal name', 'hs_pipeline_stage')
        .title('Ticket Properties')
        .describe("In a help desk: properties of the thread's ticket, by their internal names in HubSpot"),
      details: pairs('Name', 'Order number')
        .title('Details')
        .describe('What the agent should see below the description, such as an order number or a page'),
    })
    .title('HubSpot session')
    .describe('Additional settings for this session'),
} as const satisfies EntityDefinition
