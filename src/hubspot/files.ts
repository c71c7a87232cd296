import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { signedUrl } from './schemas'

/**
 * Files of the portal. All functions throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/files-files-v3/guide
 */
export function createFiles(http: HubSpotHttp, endpoints: Endpoints) {
  return {
    /** A link that works without signing in until it expires; a private file's own URL answers 404. */
    signedUrl: async (fileId: string): Promise<string> => {
      const { url } = await http({
        method: 'GET',
        path: endpoints.signedUrl(fileId),
        auth: 'bearer',
        answer: signedUrl,
      })
      return url
    },
  }
}
