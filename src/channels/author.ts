import type * as bp from '../bp'
import { ExpiringMap } from '../installation/expiring-map'
import { keyOf } from '../installation/states'
import { nameOf } from '../people/customer'
import type { Session } from '../session/session'

/** Who wrote a message of the session: its customer, another person of a group, or the bot itself. */
export type Author = { kind: 'customer' | 'bot' } | { kind: 'other'; name: string }

/** By installation and user. */
const names = new ExpiringMap<string, string>(10 * 60_000)

type Props = Pick<bp.MessageProps['text'], 'ctx' | 'client'>

/** The HITL plugin names the author of each message, except for its own lines. */
export async function authorOf({ ctx, client }: Props, session: Session, userId: string | undefined): Promise<Author> {
  if (userId === undefined || userId === '') return { kind: 'bot' }
  if (userId === session.userId) return { kind: 'customer' }
  const key = `${keyOf(ctx)} ${userId}`
  const known = names.get(key)
  if (known !== undefined) return { kind: 'other', name: known }
  const { user } = await client.getUser({ id: userId })
  return { kind: 'other', name: names.set(key, nameOf(user) || 'Another person') }
}
