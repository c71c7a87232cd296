import { createContacts } from './contacts'
import { createConversations } from './conversations'
import { createCustomChannels } from './custom-channels'
import type { Endpoints } from './endpoints'
import { createFiles } from './files'
import type { HubSpotHttp } from './http'
import type { OnDropped } from './list-all'

export type HubSpot = ReturnType<typeof createHubSpot>

/** The part of HubSpot that the integration uses, on behalf of one portal and one app. */
export function createHubSpot(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped = () => {}) {
  return {
    customChannels: createCustomChannels(http, endpoints, onDropped),
    conversations: createConversations(http, endpoints, onDropped),
    contacts: createContacts(http, endpoints, onDropped),
    files: createFiles(http, endpoints),
  }
}
