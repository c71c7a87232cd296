import * as z from 'zod/mini'
import { id, optional, pathsOf, text } from './lenient'

/** HubSpot's answers, reduced to the fields in use. What a step can do without is optional. */

export const nothing = z.transform(() => undefined)

/** One page of a listing. Entries that cannot be read are left out, and `dropped` says where each of them was odd. */
export const page = <T extends z.ZodMiniType>(entry: T) =>
  z.pipe(
    z.object({
      results: z.array(z.unknown()),
      paging: optional(z.object({ next: optional(z.object({ after: optional(id) })) })),
    }),
    z.transform(({ results, paging }) => ({ ...readEntries(entry, results), after: paging?.next?.after })),
  )

function readEntries<T extends z.ZodMiniType>(entry: T, given: readonly unknown[]) {
  const results: z.infer<T>[] = []
  const dropped: string[] = []
  for (const [index, each] of given.entries()) {
    const parsed = entry.safeParse(each)
    if (parsed.success) results.push(parsed.data)
    else dropped.push(pathsOf(parsed.error, ['results', index]))
  }
  return { results, dropped }
}

/** Required is the access token alone. `expires_in` is in seconds. */
export const tokenReply = z.object({
  access_token: z.string().check(z.minLength(1)),
  refresh_token: optional(z.string().check(z.minLength(1))),
  expires_in: optional(z.coerce.number().check(z.positive())),
  hub_id: optional(id),
  hub_domain: optional(z.string()),
  scopes: optional(z.array(z.string())),
})

/** What HubSpot says of a token that it has issued. */
export const tokenInfo = z.object({
  hub_id: optional(id),
  hub_domain: optional(z.string()),
  scopes: optional(z.array(z.string())),
})

export const channel = z.object({
  id,
  createdAt: optional(z.string()),
  name: optional(z.string()),
  webhookUrl: optional(z.string()),
  channelDescription: optional(z.string()),
  channelLogoUrl: optional(z.string()),
  channelAccountConnectionRedirectUrl: optional(z.string()),
  capabilities: optional(z.record(z.string(), z.unknown())),
})
export type Channel = z.infer<typeof channel>

export const channelAccount = z.object({
  id,
  inboxId: id,
  authorized: z.catch(z.boolean(), false),
  archived: z.catch(z.boolean(), false),
})
export type ChannelAccount = z.infer<typeof channelAccount>

/** Of something that was made, its id is all that matters. */
export const created = z.object({ id })

/** The thread is known already for all messages but the first. */
export const publishedMessage = z.object({ conversationsThreadId: optional(id) })
export type PublishedMessage = z.infer<typeof publishedMessage>

/** A kind that we do not know works like an inbox. */
export const inbox = z.pipe(
  z.object({
    id,
    name: optional(z.string().check(z.minLength(1))),
    type: z.catch(z.enum(['INBOX', 'HELP_DESK']), 'INBOX'),
  }),
  z.transform(({ name, ...rest }) => ({ ...rest, name: name ?? rest.id })),
)
export type Inbox = z.infer<typeof inbox>

export const thread = z.object({ originalChannelId: id })
export type Thread = z.infer<typeof thread>

export const actor = z.object({
  name: optional(z.string()),
  email: optional(z.string()),
  avatar: optional(z.string()),
})
export type Actor = z.infer<typeof actor>

export const contact = z.object({ id, properties: z.catch(z.record(z.string(), optional(text)), {}) })
export type Contact = z.infer<typeof contact>

export const signedUrl = z.object({ url: z.string().check(z.minLength(1)) })
