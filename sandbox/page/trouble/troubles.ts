import type { Stack } from '../../stack'
import type { TroubleView } from '../view'
import { customerWrites, whilePublishing } from './publishing'
import { answersEarly, deliveredThrice, forged, outOfOrder } from './webhooks'
import { sceneOf, type Outcome, type Trouble } from './scene'

/** HubSpot usually omits Retry-After. Here it is short, so that the user does not wait long. */
const TOO_MANY = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const

const table: Record<string, Trouble> = {
  slow: whilePublishing({
    title: 'HubSpot is slow',
    description: 'HubSpot takes three seconds to respond to the customer’s message.',
    faults: [{ kind: 'delay', ms: 3000 }],
  }),
  tooMany: whilePublishing({
    title: 'Too many calls (429)',
    description: 'HubSpot’s rate limit refuses the message twice.',
    faults: [TOO_MANY, TOO_MANY],
  }),
  broken: whilePublishing({
    title: 'HubSpot fails (500)',
    description: 'HubSpot responds with a server error twice.',
    faults: [
      { kind: 'status', status: 500 },
      { kind: 'status', status: 500 },
    ],
  }),
  reset: whilePublishing({
    title: 'Connection lost',
    description: 'The connection is cut before HubSpot gets the message.',
    faults: [{ kind: 'reset' }],
  }),
  answerLost: whilePublishing({
    title: 'Answer lost',
    description: 'HubSpot gets the message, but its response never arrives.',
    faults: [{ kind: 'answerLost' }],
  }),
  thrice: {
    title: 'Webhook three times',
    description: 'HubSpot delivers the agent’s reply three times.',
    needs: 'session',
    play: deliveredThrice,
  },
  outOfOrder: {
    title: 'Out of order',
    description: 'HubSpot reports the second agent before the first.',
    needs: 'session',
    play: outOfOrder,
  },
  forged: {
    title: 'Forged webhook',
    description: 'A forged webhook says that the thread is closed.',
    needs: 'session',
    play: forged,
  },
  expired: {
    title: 'Token expired',
    description: 'HubSpot refuses the access token before it should expire.',
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
    title: 'Early reply',
    description: 'An agent replies while the session is still opening.',
    needs: 'customer',
    play: answersEarly,
  },
}

/** Failures at the press of a button. Only one can run at a time, because they use the same switches. */
export class Troubles {
  readonly #stack: Stack
  readonly #outcomes = new Map<string, Outcome>()
  #playing: string | undefined

  constructor(stack: Stack) {
    this.#stack = stack
  }

  view(): TroubleView[] {
    return Object.entries(table).map(([id, { title, description }]) => ({
      id,
      title,
      description,
      isPlaying: id === this.#playing,
      outcome: this.#outcomes.get(id),
    }))
  }

  /** Returns immediately. The view shows the outcome. */
  start(id: string, chat: number): void {
    if (this.#playing !== undefined) throw new Error('Another failure is still running.')
    this.#playing = id
    this.#outcomes.delete(id)
    void this.#play(id, chat)
      .catch(failed)
      .then((outcome) => this.#outcomes.set(id, outcome))
      .finally(() => {
        this.#playing = undefined
      })
  }

  async #play(id: string, chat: number): Promise<Outcome> {
    const trouble = new Map(Object.entries(table)).get(id)
    const customer = this.#stack.botpress.chat.customers[chat]
    if (!trouble || !customer) throw new Error('This customer is no longer here.')
    if (trouble.needs === 'customer') return trouble.play(this.#stack, customer)
    return trouble.play(await sceneOf(this.#stack, customer), trouble.title)
  }
}

const failed = (thrown: unknown): Outcome => ({
  isFine: false,
  text: thrown instanceof Error ? thrown.message : String(thrown),
})
