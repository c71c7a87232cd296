import { answersEarly } from './early'
import { customerWrites, whilePublishing } from './publishing'
import { deliveredThrice, forged, outOfOrder } from './webhooks'
import type { Trouble } from './scene'

/** HubSpot mostly names no wait; here it does, so that nobody has to. */
const TOO_MANY = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const

export const table: Record<string, Trouble> = {
  slow: whilePublishing({
    title: 'HubSpot is slow',
    description: 'HubSpot takes three seconds over the customer’s message.',
    faults: [{ kind: 'delay', ms: 3000 }],
  }),
  tooMany: whilePublishing({
    title: 'Too many calls (429)',
    description: 'HubSpot answers twice that there were too many calls.',
    faults: [TOO_MANY, TOO_MANY],
  }),
  broken: whilePublishing({
    title: 'HubSpot fails (500)',
    description: 'HubSpot answers twice with an error of its own.',
    faults: [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
    ],
  }),
  reset: whilePublishing({
    title: 'Connection lost',
    description: 'The connection is cut before HubSpot has taken the message.',
    faults: [{ kind: 'reset' }],
  }),
  answerLost: whilePublishing({
    title: 'Answer lost',
    description: 'HubSpot takes the message, but its answer never arrives.',
    faults: [{ kind: 'answerLost' }],
  }),
  thrice: {
    title: 'Webhook three times',
    description: 'HubSpot delivers the agent’s answer three times.',
    needs: 'session',
    play: deliveredThrice,
  },
  outOfOrder: {
    title: 'Out of order',
    description: 'HubSpot tells of the second agent before the first one.',
    needs: 'session',
    play: outOfOrder,
  },
  forged: {
    title: 'Forged webhook',
    description: 'Somebody who is not HubSpot says that the thread is closed.',
    needs: 'session',
    play: forged,
  },
  expired: {
    title: 'Token expired',
    description: 'HubSpot takes the access token no longer, sooner than it said.',
    needs: 'session',
    play: async (scene, title) => {
      const { tokens } = scene.stack.hubspot
      const before = tokens.refreshes()
      tokens.expireAccessTokens()
      const { isFine, text } = await customerWrites(scene, title)
      const refreshes = tokens.refreshes() - before
      return { isFine: isFine && refreshes === 1, text: `${text} Tokens refreshed: ${refreshes}.` }
    },
  },
  early: {
    title: 'Agent answers early',
    description: 'An agent answers while the session is still being opened.',
    needs: 'customer',
    play: answersEarly,
  },
}
