import type { Endpoints } from './endpoints'
import type { HubSpotHttp } from './http'
import { created, signedUrl } from './schemas'

export type FileUpload = {
  path: string
  /** In bytes. */
  size: number
  fileName: string
  contentType: string
  /** HubSpot creates the folders that are missing. */
  folderPath: string
  /** HubSpot deletes the file after that: from a day to a year. */
  ttlDays: number
}

/**
 * Files of the portal. All functions throw `HubSpotError`.
 * https://developers.hubspot.com/docs/api-reference/files-files-v3/guide
 */
export function createFiles(http: HubSpotHttp, endpoints: Endpoints) {
  return {
    /** Stores a file that only signed links open. */
    upload: ({ path, size, fileName, contentType, folderPath, ttlDays }: FileUpload): Promise<{ id: string }> =>
      http({
        method: 'POST',
        path: endpoints.files,
        auth: 'bearer',
        multipart: {
          fields: { options: JSON.stringify(optionsOf(ttlDays)), folderPath, fileName },
          file: { path, size, fileName, contentType },
        },
        // A second copy is private and expires: it does no harm.
        repeatable: true,
        answer: created,
      }),

    /** A link that works without signing in until it expires, and what it opens; a private file's own URL answers 404. */
    signedUrl: (fileId: string) =>
      http({ method: 'GET', path: endpoints.signedUrl(fileId), auth: 'bearer', answer: signedUrl }),
  }
}

const optionsOf = (ttlDays: number) => ({
  access: 'PRIVATE',
  ttl: `P${Math.min(365, Math.max(1, Math.round(ttlDays)))}D`,
  overwrite: false,
  duplicateValidationStrategy: 'NONE',
  duplicateValidationScope: 'EXACT_FOLDER',
})
