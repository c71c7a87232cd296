import * as z from 'zod/mini'

/**
 * HubSpot's answers, reduced to the fields in use. Ids are strings everywhere inside, whether they come as strings
 * (conversations) or numbers (webhooks, OAuth).
 */
export const id = z.pipe(z.union([z.string().check(z.minLength(1)), z.number()]), z.transform(String))

export const nothing = z.transform(() => undefined)

export const page = <T extends z.ZodMiniType>(entry: T) =>
  z.object({
    results: z.array(entry),
    paging: z.nullish(z.object({ next: z.nullish(z.object({ after: z.string() })) })),
  })

const optional = <T extends z.ZodMiniType>(schema: T) =>
  z.pipe(
    z.nullish(schema),
    z.transform((value) => value ?? undefined),
  )

/** HubSpot's description requires the access token alone. `expires_in` is in seconds. */
export const tokenReply = z.object({
  access_token: z.string(),
  refresh_token: optional(z.string()),
  expires_in: optional(z.number()),
  hub_id: optional(id),
  scopes: optional(z.array(z.string())),
})

export const channel = z.object({
  id,
  name: z.string(),
  webhookUrl: z.nullish(z.string()),
  capabilities: z.record(z.string(), z.unknown()),
})
export type Channel = z.infer<typeof channel>

export const channelAccount = z.object({
  id,
  inboxId: id,
  name: z.string(),
  authorized: z.boolean(),
  archived: z.boolean(),
})
export type ChannelAccount = z.infer<typeof channelAccount>

export const publishedMessage = z.object({ conversationsThreadId: id })

export const inbox = z.object({ id, name: z.string(), type: z.enum(['INBOX', 'HELP_DESK']) })
export type Inbox = z.infer<typeof inbox>

export const thread = z.object({ id, originalChannelId: id })
export type Thread = z.infer<typeof thread>

export const actor = z.object({
  id,
  name: z.nullish(z.string()),
  email: z.nullish(z.string()),
  avatar: z.nullish(z.string()),
})
export type Actor = z.infer<typeof actor>

export const contact = z.object({ id, properties: z.record(z.string(), z.nullish(z.string())) })
export type Contact = z.infer<typeof contact>

export const signedUrl = z.object({ url: z.string() })
