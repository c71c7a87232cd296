import { declared, definition } from '../definition'
import { BotpressError } from '../errors'
import { newId } from '../ids'
import type { Payload, State, StateType } from '../types'
import { assertMatches } from '../validation'
import { born } from './collection'

export type StateKey = { type: string; id: string; name: string }
type Entry = { state: State; expiryMs: number | undefined; usedAt: number }
type Owners = Record<StateType, (id: string) => boolean>

/** States of the installation, its conversations and its users. */
export class States {
  readonly #entries = new Map<string, Entry>()
  readonly #botId: string
  readonly #owners: Owners

  /** `owners` say which installation, conversations and users there are. */
  constructor(botId: string, owners: Owners) {
    this.#botId = botId
    this.#owners = owners
  }

  get(key: StateKey): State {
    const state = this.find(key)
    if (!state) throw new BotpressError('ResourceNotFound', `State "${key.name}" of ${key.type} "${key.id}" is not set`)
    return state
  }

  find(key: StateKey): State | undefined {
    this.#declaration(key)
    const entry = this.#entries.get(path(key))
    if (!entry) return undefined
    if (entry.expiryMs !== undefined && Date.now() - entry.usedAt > entry.expiryMs) {
      this.#entries.delete(path(key))
      return undefined
    }
    entry.usedAt = Date.now()
    return entry.state
  }

  /** A payload of null clears the state. */
  set(key: StateKey, payload: Payload | null, expiryMs?: number | null): State {
    const { type, schema } = this.#declaration(key)
    if (payload !== null) assertMatches(schema, payload, `payload of the state "${key.name}"`)
    const current = this.find(key)
    const state: State = {
      id: current?.id ?? newId('state'),
      ...born(),
      ...(current && { createdAt: current.createdAt }),
      botId: this.#botId,
      ...(type === 'conversation' && { conversationId: key.id }),
      ...(type === 'user' && { userId: key.id }),
      name: key.name,
      type,
      payload: payload ?? {},
    }
    if (payload === null) this.#entries.delete(path(key))
    else this.#entries.set(path(key), { state, expiryMs: expiryMs ?? undefined, usedAt: Date.now() })
    return state
  }

  list(): State[] {
    return [...this.#entries.values()].map(({ state }) => state)
  }

  #declaration(key: StateKey) {
    const declaration = declared(definition.states, key.name, 'State')
    if (declaration.type !== key.type) {
      const message = `State "${key.name}" is declared for the type ${declaration.type}, not ${key.type}`
      throw new BotpressError('InvalidPayload', message)
    }
    if (!this.#owners[declaration.type](key.id)) {
      throw new BotpressError('ResourceNotFound', `The ${key.type} "${key.id}" does not exist`)
    }
    return declaration
  }
}

function path({ type, id, name }: StateKey): string {
  return JSON.stringify([type, id, name])
}
