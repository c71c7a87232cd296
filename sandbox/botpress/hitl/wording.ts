/** What the plugin says: to the customer, where nothing else is noted. */
export const wording = {
  /** To the customer, before the integration is asked for anything. */
  escalationStarted: 'I have escalated this conversation to a human agent. They should be with you shortly.',
  agentAssigned: 'A human agent has joined the conversation.',
  agentClosed: 'The human agent closed the conversation. I will continue assisting you.',
  customerClosed: 'You have ended the session with the human agent. I will continue assisting you.',
  noAgentInTime: 'No human agent is available at the moment. I will continue assisting you.',
  refusedType: (relayed: Iterable<string>) =>
    `Sorry, I can only handle one of the following message types: ${[...relayed].join(', ')}. Please try again.`,
  aborted: 'Something went wrong, you are not connected to a human agent...',
  /** To the agent, whichever way the bot's side ends the session. */
  sessionEnded: '( The user has ended the session. )',
  /** In place of the name that a customer lacks. */
  unknownUser: 'Unknown User',
}

/** As "Escalation Started Message" it means no message at all. */
export const SILENT = 'NULL'
