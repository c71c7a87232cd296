import type { TroubleView } from '../view'
import { answersEarly, deliveredThrice, forged, outOfOrder, publishing, tokenExpired } from './failures'
import type { Outcome, Scene } from './scene'

type Trouble = [title: string, description: string, play: (scene: Scene) => Promise<Outcome>]

/** HubSpot usually omits Retry-After. Here it is short, so that the user does not wait long. */
const TOO_MANY = { kind: 'status', status: 429, headers: { 'retry-after': '1' } } as const
const BROKEN = { kind: 'status', status: 500 } as const

const TROUBLES: readonly Trouble[] = [
  [
    'HubSpot is slow',
    'HubSpot takes three seconds to respond to the customer’s message.',
    publishing({ kind: 'delay', ms: 3000 }),
  ],
  ['Too many calls (429)', 'HubSpot’s rate limit refuses the message twice.', publishing(TOO_MANY, TOO_MANY)],
  ['HubSpot fails (500)', 'HubSpot responds with a server error twice.', publishing(BROKEN, BROKEN)],
  ['Connection lost', 'The connection is cut before HubSpot gets the message.', publishing({ kind: 'reset' })],
  ['Answer lost', 'HubSpot gets the message, but its response never arrives.', publishing({ kind: 'answerLost' })],
  ['Webhook three times', 'HubSpot delivers the agent’s reply three times.', deliveredThrice],
  ['Out of order', 'HubSpot reports the second agent before the first.', outOfOrder],
  ['Forged webhook', 'A forged webhook says that the thread is closed.', forged],
  ['Token expired', 'HubSpot refuses the access token before it should expire.', tokenExpired],
  ['Early reply', 'An agent replies while the session is still opening.', answersEarly],
]

/** Failures at the press of a button. Only one can run at a time, because they use the same switches. */
export class Troubles {
  readonly #outcomes = new Map<string, Outcome>()
  #playing: string | undefined

  view(): TroubleView[] {
    return TROUBLES.map(([title, description]) => ({
      title,
      description,
      isPlaying: title === this.#playing,
      outcome: this.#outcomes.get(title),
    }))
  }

  /** Returns immediately. The view shows the outcome. */
  start(scene: Scene): void {
    const { title } = scene
    const [, , play] = TROUBLES.find(([known]) => known === title) ?? []
    if (!play || this.#playing !== undefined) throw new Error('Another failure is still running.')
    this.#playing = title
    this.#outcomes.delete(title)
    void play(scene)
      .catch((thrown: unknown) => ({ isFine: false, text: thrown instanceof Error ? thrown.message : String(thrown) }))
      .then((outcome) => this.#outcomes.set(title, outcome))
      .finally(() => {
        this.#playing = undefined
      })
  }
}
