import { createContacts } from './contacts'
import { createConversations } from './conversations'
import { createCustomChannels } from './custom-channels'
import type { Endpoints } from './endpoints'
import { createFiles } from './files'
import type { HubSpotHttp } from './http'

export type HubSpot = ReturnType<typeof createHubSpot>

/** All of HubSpot that the integration speaks to, on behalf of one portal and one app. */
export function createHubSpot(http: HubSpotHttp, endpoints: Endpoints) {
  return {
    customChannels: createCustomChannels(http, endpoints),
    conversations: createConversations(http, endpoints),
    contacts: createContacts(http, endpoints),
    files: createFiles(http, endpoints),
  }
}
