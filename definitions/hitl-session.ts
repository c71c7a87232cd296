import { z, type EntityDefinition } from '@botpress/sdk'

/** What the escalation card offers beyond the interface's own fields. */
export const hitlSession = {
  title: 'HubSpot session',
  description: 'A conversation with human agents in a HubSpot inbox or help desk',
  // Its description is also that of the card's field, which takes none of its own.
  schema: z
    .object({
      inboxId: z
        .string()
        .optional()
        .title('Inbox or Help Desk ID')
        .describe('Another of the connected inboxes and help desks than the one that is set for all. Empty: that one.')
        .placeholder('12345678'),
    })
    .title('HubSpot session')
    .describe('Further settings of this session'),
} as const satisfies EntityDefinition
