import { createContacts } from './contacts'
import { createConversations } from './conversations'
import { createCustomChannels } from './custom-channels'
import { endpointsOf, type ApiFamily } from './endpoints'
import { createFiles } from './files'
import { createHttp, type HttpOptions } from './http'

export type HubSpot = ReturnType<typeof createHubSpot>

/** All of HubSpot that the integration speaks to, on behalf of one portal and one app. */
export function createHubSpot(options: HttpOptions & { family: ApiFamily }) {
  const http = createHttp(options)
  const endpoints = endpointsOf(options.family)
  return {
    customChannels: createCustomChannels(http, endpoints),
    conversations: createConversations(http, endpoints),
    contacts: createContacts(http, endpoints),
    files: createFiles(http, endpoints),
  }
}
