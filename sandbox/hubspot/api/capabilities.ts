import * as z from 'zod'
import { Problem } from '../problem'

const MAX_BYTES = 10_000_000
const mimeType = z.string().regex(/^(\*|[\w.+-]+)\/(\*|[\w.+-]+)$/)
const bytes = z.int().min(0).max(MAX_BYTES)

/** HubSpot documents some formats; production channels have registered others as well. */
const DOCUMENTED = ['HYPERLINK', 'TEXT_ALIGNMENT', 'BLOCKQUOTE'] as const
const OBSERVED = ['BOLD', 'ITALIC', 'LISTS'] as const

/** What HubSpot documents of a channel's capabilities; its API description leaves them untyped. */
export const capabilitiesSchema = z.strictObject({
  threadingModel: z.enum(['DELIVERY_IDENTIFIER', 'INTEGRATION_THREAD_ID']),
  deliveryIdentifierTypes: z
    .array(z.enum(['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER']))
    .optional(),
  richText: z.array(z.enum([...DOCUMENTED, ...OBSERVED])).optional(),
  allowInlineImages: z.boolean().optional(),
  allowOutgoingMessages: z.boolean().optional(),
  allowConversationStart: z.boolean().optional(),
  allowMultipleRecipients: z.boolean().optional(),
  outgoingAttachmentTypes: z.array(z.enum(['FILE'])).optional(),
  maxFileAttachmentCount: z.int().min(0).optional(),
  maxFileAttachmentSizeBytes: bytes.optional(),
  maxTotalFileAttachmentSizeBytes: bytes.optional(),
  allowedFileAttachmentMimeTypes: z.array(mimeType).optional(),
})

const documented = z.array(z.enum(DOCUMENTED)).optional()

export function assertCapabilities(given: Record<string, unknown>, formats: 'documented' | 'observed'): void {
  const known = formats === 'observed' ? capabilitiesSchema : capabilitiesSchema.extend({ richText: documented })
  const parsed = known.safeParse(given)
  if (parsed.success) return
  const keys = parsed.error.issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : issue.path[0]))
  const wrong = [...new Set(keys.map(String))].map((key) => `${key}=${JSON.stringify(given[key]) ?? 'null'}`)
  throw invalidCapabilities(wrong)
}

export function invalidCapabilities(capabilityKeysAndValues: string[]): Problem {
  return new Problem(400, {
    message: `One or more Channel Capabilities specified had invalid values: ${capabilityKeysAndValues.join(', ')}`,
    category: 'VALIDATION_ERROR',
    subCategory: 'CustomChannelsError.INVALID_CHANNEL_CAPABILITY_VALUES',
    context: { capabilityKeysAndValues },
  })
}
