import { newId } from '../ids'
import type { Store } from '../store'
import type { User } from '../types'
import { addTag, UPSTREAM } from './tags'
import type { ChatConversation, ChatLine, Upstream } from './upstream'

type Face = Pick<ChatLine, 'who' | 'userId' | 'name' | 'picture'>

/** Users of webchat that have an agent's name and picture as they were when the copy was made. */
export class AgentCopies {
  readonly #faces = new Map<string, Face>()
  readonly #upstream: Upstream
  readonly #store: Store

  constructor(upstream: Upstream, store: Store) {
    this.#upstream = upstream
    this.#store = store
  }

  /** No other channel can show who speaks. A user who has an upstream user already, as stand-ins have, keeps that one. */
  make(agent: User, { channel }: ChatConversation): void {
    if (channel !== 'webchat' || this.#upstream.user(agent.tags[UPSTREAM] ?? '')) return
    const { name, pictureUrl: picture } = agent
    const userId = newId('user')
    this.#faces.set(userId, {
      who: 'agent',
      userId,
      ...(name !== undefined && { name }),
      ...(picture !== undefined && { picture }),
    })
    addTag(this.#store.users, agent.id, { [UPSTREAM]: userId })
  }

  /** As whom the words of a user of the integration appear; without an upstream user, as the bot's. */
  faceOf({ tags }: User): Face {
    const upstreamUserId = tags[UPSTREAM] ?? ''
    const customer = this.#upstream.user(upstreamUserId)
    if (!customer) return this.#faces.get(upstreamUserId) ?? { who: 'bot' }
    const { id: userId, name } = customer
    return { who: 'customer', userId, ...(name !== undefined && { name }) }
  }
}
