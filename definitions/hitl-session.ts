import { z, type EntityDefinition } from '@botpress/sdk'

/** What the escalation card offers beyond the interface's own fields: nothing yet. */
export const hitlSession = {
  title: 'HubSpot session',
  description: 'A conversation with human agents in a HubSpot inbox or help desk',
  schema: z.object({}),
} as const satisfies EntityDefinition
