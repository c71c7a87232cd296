import { createAgents } from './agents'
import { createContacts } from './contacts'
import { createConversations, createTickets } from './conversations'
import { createCustomChannels } from './custom-channels'
import type { Endpoints } from './endpoints'
import type { HubSpotHttp, OnDropped } from './http'
import { created, signedUrl } from './schemas'

export type HubSpot = ReturnType<typeof createHubSpot>

/** The part of HubSpot that the integration uses, on behalf of one portal and one app. All of it throws `HubSpotError`. */
export function createHubSpot(http: HubSpotHttp, endpoints: Endpoints, onDropped: OnDropped = () => {}) {
  return {
    customChannels: createCustomChannels(http, endpoints, onDropped),
    conversations: createConversations(http, endpoints, onDropped),
    contacts: createContacts(http, endpoints, onDropped),
    agents: createAgents(http, endpoints, onDropped),
    files: createFiles(http, endpoints),
    tickets: createTickets(http, endpoints),
  }
}

/** `size` in bytes. HubSpot creates the folders that are missing, and deletes the file after a day to a year. */
export type FileUpload = {
  path: string
  size: number
  fileName: string
  contentType: string
  folderPath: string
  ttlDays: number
  /** All tries together, in milliseconds. */
  budgetMs: number
}

/** https://developers.hubspot.com/docs/api-reference/files-files-v3/guide */
function createFiles(http: HubSpotHttp, endpoints: Endpoints) {
  return {
    /** Stores a file that only signed links open. */
    upload: ({ folderPath, ttlDays, budgetMs, ...file }: FileUpload) => {
      const options = {
        access: 'PRIVATE',
        ttl: `P${Math.min(365, Math.max(1, Math.round(ttlDays)))}D`,
        overwrite: false,
        duplicateValidationStrategy: 'NONE',
        duplicateValidationScope: 'EXACT_FOLDER',
      }
      const fields = { options: JSON.stringify(options), folderPath, fileName: file.fileName }
      const call = { method: 'POST', path: endpoints.files, multipart: { fields, file } } as const
      // A second copy is private and expires: it does no harm.
      return http({ ...call, repeatable: true, priority: 'message', budgetMs, answer: created })
    },

    /** A link that works without signing in until it expires, and what it opens; a private file's own URL answers 404. */
    signedUrl: (fileId: string) => http({ method: 'GET', path: endpoints.signedUrl(fileId), answer: signedUrl }),
  }
}
