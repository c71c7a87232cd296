import type * as bp from '../bp'
import type { User } from '../hubspot/agents'
import { connectionOf } from '../installation/connection'
import { whyOf } from '../installation/explain'
import { ExpiringMap } from '../installation/expiring-map'
import { isAvailable } from '../people/availability'
import { bareAddress } from '../people/customer-identifier'

type Props = bp.ActionProps['getAvailability']

const NO_USERS = 'HubSpot lists no users of the account, so no agent counts as available. Check the users in HubSpot.'
const NO_SUCH_USERS =
  'No user of the HubSpot account has any of the addresses in "Agents\' E-mail Addresses". Correct them in the flow.'

/** By installation and account. A promise, so that concurrent flows share one read. */
const cache = new ExpiringMap<string, Promise<User[]>>(30_000)

/**
 * Says which agents are available now. It never fails: what HubSpot does not say is "unknown", with a line in the owner's
 * log.
 */
export const getAvailability: bp.IntegrationProps['actions']['getAvailability'] = async (props) => {
  const { ctx, input, logger } = props
  try {
    const addresses = (input.emails ?? []).join(' ').normalize('NFKC').toLowerCase()
    const wanted = addresses
      .split(/[\s,;]+/)
      .map(bareAddress)
      .filter(Boolean)
    const users = await usersOf(props)
    const isWanted = ({ hs_email: email = '' }: User) => wanted.length === 0 || wanted.includes(email.toLowerCase())
    const team = users.filter(isWanted)
    if (team.length === 0) logger.forBot().warn(wanted.length === 0 ? NO_USERS : NO_SUCH_USERS)
    const now = new Date()
    const agents = team.filter((user) => isAvailable(user, now)).map(agentOf)
    const available = agents.length > 0
    return { status: available ? 'available' : 'away', available, availableAgents: agents.length, agents }
  } catch (thrown) {
    logger.forBot().warn(`Whether agents are available is unknown: ${whyOf(thrown, ctx, 'crm.objects.users.read')}`)
    return { status: 'unknown', available: true, availableAgents: 0, agents: [] }
  }
}

async function usersOf(props: Props): Promise<User[]> {
  const { hubspot, key, portalId } = await connectionOf(props).currentPortal()
  const cacheKey = `${key} ${portalId}`
  const known = cache.get(cacheKey)
  if (known) return known
  return cache.set(
    cacheKey,
    hubspot.agents.users().catch((thrown: unknown) => {
      cache.delete(cacheKey)
      throw thrown
    }),
  )
}

const agentOf = ({ hs_given_name, hs_family_name, hs_email: email = '' }: User) => ({
  name: [hs_given_name, hs_family_name].filter(Boolean).join(' ') || email,
  email,
})
