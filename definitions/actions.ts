import { z, type ActionDefinition } from '@botpress/sdk'

const agent = z.object({
  name: z.string().title('Name').describe("The agent's name in HubSpot"),
  email: z.string().title('E-mail').describe("The agent's e-mail address in HubSpot"),
})

const getAvailability = {
  title: 'Get Agent Availability',
  description: 'Says whether an agent in HubSpot is available right now. Use it before the card "Escalate to Human".',
  input: {
    schema: z.object({
      emails: z
        .array(z.string())
        .optional()
        .title("Agents' E-mail Addresses")
        .describe('Only these agents count. If empty, every user of the HubSpot account counts.'),
    }),
  },
  output: {
    schema: z.object({
      status: z
        .enum(['available', 'away', 'unknown'])
        .title('Status')
        .describe('"available" if an agent is, "away" if none is, "unknown" if HubSpot does not say'),
      available: z.boolean().title('Available').describe('Whether to escalate: false only if the status is "away"'),
      availableAgents: z.number().title('Available Agents').describe('How many agents are available'),
      agents: z
        .array(agent)
        .title('Agents')
        .describe("The available agents. This makes the agents' e-mail addresses visible to the flow."),
    }),
  },
} as const satisfies ActionDefinition

export const actions = { getAvailability }
