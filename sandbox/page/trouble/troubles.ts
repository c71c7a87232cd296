import type { Stack } from '../../stack'
import type { TroubleView } from '../view'
import { sceneOf, type Outcome } from './scene'
import { table } from './table'

/** Failures at the press of a button. Only one can run at a time, because they use the same switches. */
export class Troubles {
  readonly #stack: Stack
  readonly #changed: () => void
  readonly #outcomes = new Map<string, Outcome>()
  #playing: string | undefined

  constructor(stack: Stack, changed: () => void) {
    this.#stack = stack
    this.#changed = changed
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
        this.#changed()
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
