import type { OperationResult } from '../types'
import type { ChatUser } from './upstream'

export type RunAction = (type: string, input: unknown) => Promise<OperationResult>

/** A refusal of the integration on the way to a session. */
export class Refused extends Error {}

/** Who stands at the integration for each user of the bot: asked for once, reused in every later session. */
export class People {
  readonly #standIns = new Map<string, string>()
  readonly #runAction: RunAction
  readonly #botId: string

  constructor(runAction: RunAction, botId: string) {
    this.#runAction = runAction
    this.#botId = botId
  }

  find(userId: string): string | undefined {
    return this.#standIns.get(userId)
  }

  /** Users without an e-mail address get one that no mail reaches. */
  async introduce(user: ChatUser, email?: string): Promise<string> {
    const known = this.#standIns.get(user.id)
    if (known !== undefined) return known
    const result = await this.#runAction('createUser', {
      name: user.name,
      ...(user.pictureUrl !== undefined && { pictureUrl: user.pictureUrl }),
      email: email || `${user.id}@no-reply.${this.#botId}.botpress.com`,
    })
    const userId = readId(result, 'userId')
    this.#standIns.set(user.id, userId)
    return userId
  }
}

/** The id that an action returned; a failed action throws its message. */
export function readId({ ok, message, output }: OperationResult, name: string): string {
  if (!ok) throw new Refused(message)
  const id = typeof output === 'object' && output !== null ? new Map(Object.entries(output)).get(name) : undefined
  if (typeof id !== 'string') throw new Refused(`The integration returned no ${name}`)
  return id
}
