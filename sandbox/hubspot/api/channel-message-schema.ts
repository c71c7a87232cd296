import { isValidPhoneNumber } from 'libphonenumber-js/min'
import * as z from 'zod'

export const deliveryIdentifier = z
  .strictObject({
    type: z.enum(['CHANNEL_SPECIFIC_OPAQUE_ID', 'HS_EMAIL_ADDRESS', 'HS_PHONE_NUMBER', 'HS_SHORT_CODE']),
    value: z.string().min(1),
  })
  .refine(({ type, value }) => type !== 'HS_EMAIL_ADDRESS' || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), {
    error: 'is no e-mail address',
    path: ['value'],
  })
  .refine(({ type, value }) => type !== 'HS_PHONE_NUMBER' || (value.startsWith('+') && isValidPhoneNumber(value)), {
    error: 'is no E.164 phone number',
    path: ['value'],
  })

const participant = z.strictObject({
  deliveryIdentifier,
  name: z.string().optional(),
  senderActorId: z.string().optional(),
})

const kind = <T extends string>(type: T) => z.literal(type)
const fileUsageType = z.enum(['AUDIO', 'IMAGE', 'OTHER', 'STICKER', 'VOICE_RECORDING'])
const place = z.enum(['HOME', 'WORK']).optional()
const text = z.string().optional()

const contactProfile = z.strictObject({
  addresses: z.array(
    z.strictObject({
      city: text,
      country: text,
      countryCode: text,
      state: text,
      street: text,
      zip: text,
      type: place,
    }),
  ),
  emails: z.array(z.strictObject({ email: z.string(), type: place })),
  name: z.strictObject({ firstName: text, lastName: text, middleName: text, prefix: text, suffix: text }).optional(),
  org: z.strictObject({ company: text, department: text, title: text }).optional(),
  phones: z.array(z.strictObject({ phone: z.string(), type: z.enum(['CELL', 'HOME', 'MAIN', 'WORK']).optional() })),
  urls: z.array(z.strictObject({ url: z.string(), type: place })),
})

const attachment = z.discriminatedUnion('type', [
  z.strictObject({ type: kind('FILE'), fileId: z.string(), fileUsageType: fileUsageType.optional() }),
  z.strictObject({
    type: kind('LOCATION'),
    latitude: z.number(),
    longitude: z.number(),
    address: text,
    name: text,
    url: text,
  }),
  z.strictObject({ type: kind('CONTACT'), contactProfile }),
  z.strictObject({ type: kind('UNSUPPORTED_CONTENT') }),
  z.strictObject({ type: kind('MESSAGE_HEADER'), fileId: z.int().optional(), text }),
])

export const channelMessageSchema = z.strictObject({
  text: z.string(),
  richText: text,
  messageDirection: z.enum(['INCOMING', 'OUTGOING']),
  channelAccountId: z.string(),
  senders: z.array(participant).min(1),
  recipients: z.array(participant),
  attachments: z.array(attachment),
  timestamp: z.iso.datetime({ offset: true }),
  integrationThreadId: z.string().min(1).optional(),
  integrationIdempotencyId: z.string().min(1).optional(),
  inReplyToId: text,
  associateWithContactId: z.int().optional(),
})

export type ChannelMessageInput = z.infer<typeof channelMessageSchema>

export const messageUpdateSchema = z.strictObject({
  statusType: z.enum(['SENT', 'FAILED', 'READ']),
  errorMessage: text,
})

/** Fields that HubSpot does without, although its description requires them. */
export const lenientMessageDefaults = () => ({
  recipients: [],
  attachments: [],
  timestamp: new Date().toISOString(),
})
