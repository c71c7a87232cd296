import type { HubSpot as StandIn } from '../../sandbox/hubspot'
import { createHubSpot, type HubSpot } from '../../src/hubspot/client'
import { endpointsOf, type ApiFamily } from '../../src/hubspot/endpoints'
import { createHttp } from '../../src/hubspot/http'

/** The integration's client of a stand-in, with a token that stays valid. */
export function clientOf(standIn: StandIn, token: string, family: ApiFamily = 'v3'): HubSpot {
  const always = async () => token
  const { developerApiKey: hapikey, appId } = standIn.app
  const tokens = { current: always, renew: always }
  return createHubSpot(
    createHttp({ apiUrl: standIn.url, tokens, developerKey: { hapikey, appId } }),
    endpointsOf(family),
  )
}
