import type { Store } from '../store'
import type { Identity, OperationResult } from '../types'
import { addTag, ALIAS, DOWNSTREAM, UPSTREAM } from './tags'
import type { ChatUser } from './upstream'
import { wording } from './wording'

export type RunAction = (type: string, input: unknown) => Promise<OperationResult>

/** A refusal of the integration on the way to a session. */
export class Refused extends Error {}

/** The users that the integration made for users of the bot. */
export class StandIns {
  readonly #runAction: RunAction
  readonly #store: Store
  readonly #identity: Identity

  constructor(runAction: RunAction, store: Store, identity: Identity) {
    this.#runAction = runAction
    this.#store = store
    this.#identity = identity
  }

  /** Undefined without a stand-in that can be read and was made under this alias. */
  find({ tags }: ChatUser): string | undefined {
    const isOurs = tags[ALIAS] === this.#identity.alias
    return isOurs ? this.#store.users.find(tags[DOWNSTREAM] ?? '')?.id : undefined
  }

  /** Asks the integration once and then never again, whatever address a later card gives. */
  async of(user: ChatUser, email = this.#madeUpAddress(user)): Promise<string> {
    return this.find(user) ?? this.#create(user, email)
  }

  async #create(user: ChatUser, email: string): Promise<string> {
    const { id, name, pictureUrl } = user
    const picture = pictureUrl !== undefined && { pictureUrl }
    const result = await this.#runAction('createUser', { name: name || wording.unknownUser, ...picture, email })
    const standInId = readId(result, 'userId')
    if (!this.#store.users.find(standInId)) throw new Refused(`User "${standInId}" does not exist`)
    Object.assign(user.tags, { [DOWNSTREAM]: standInId, [ALIAS]: this.#identity.alias })
    addTag(this.#store.users, standInId, { [UPSTREAM]: id })
    return standInId
  }

  #madeUpAddress({ id }: ChatUser): string {
    return `${id}@no-reply.${this.#identity.botId.replaceAll('_', '-')}.botpress.com`
  }
}

/** The id that an action returned; a failed action throws its message. */
export function readId({ ok, message, output }: OperationResult, name: string): string {
  if (!ok) throw new Refused(message)
  const id = typeof output === 'object' && output !== null ? new Map(Object.entries(output)).get(name) : undefined
  if (typeof id !== 'string') throw new Refused(`The integration returned no ${name}`)
  return id
}
