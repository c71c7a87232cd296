import { z, type EventDefinition } from '@botpress/sdk'

const time = (title: string) => z.string().datetime().title(title)

const line = z.object({
  from: z.enum(['agent', 'customer']).title('From').describe('Who wrote it'),
  name: z.string().optional().title('Name').describe("The author's name"),
  text: z.string().title('Text').describe('What they wrote'),
})

/** No field may be called `conversationId`: the HITL plugin stops such events before they reach a flow. */
const handoffEnded = {
  title: 'Handoff Ended',
  description: 'A conversation with agents in HubSpot has ended. Sent once for each session.',
  schema: z.object({
    sessionId: z.string().title('Session ID').describe('The conversation between the bot and the agents'),
    threadId: z.string().title('Thread ID').describe('The HubSpot thread'),
    ticketId: z.string().optional().title('Ticket ID').describe("The thread's ticket, in a help desk"),
    agent: z
      .object({
        name: z.string().title('Name').describe("The agent's name in HubSpot"),
        email: z.string().optional().title('E-mail').describe("The agent's e-mail address, if HubSpot says it"),
      })
      .optional()
      .title('Agent')
      .describe('Who had the conversation last'),
    openedAt: time('Opened At').describe('When the customer was handed over'),
    assignedAt: time('Assigned At').optional().describe('When the agent was assigned'),
    answeredAt: time('Answered At').optional().describe('When an agent first answered'),
    endedAt: time('Ended At').describe('When the session ended'),
    endedBy: z
      .enum(['agent', 'bot', 'deletion'])
      .title('Ended By')
      .describe('"agent", "bot" (the flow, a time-out or the customer) or "deletion" of the thread'),
    outcome: z.enum(['answered', 'missed']).title('Outcome').describe('Whether an agent answered'),
    transcript: z.array(line).title('Transcript').describe('The newest lines of what people said, 20 at most'),
  }),
} as const satisfies EventDefinition

export const events = { handoffEnded }
