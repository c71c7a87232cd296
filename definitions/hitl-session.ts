import { z, type EntityDefinition } from '@botpress/sdk'

/** What the escalation card offers beyond the interface's own fields: nothing yet. */
export const hitlSession = {
  title: 'HubSpot session',
  description: 'A conversation with human agents in a HubSpot inbox or help desk',
  // Its description is also that of the card's field, which takes none of its own.
  schema: z.object({}).title('HubSpot session').describe('Further settings of this session'),
} as const satisfies EntityDefinition
