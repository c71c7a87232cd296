import * as z from 'zod/mini'

/**
 * HubSpot's answers, reduced to the fields in use, and no more required than a step needs: HubSpot may add fields and
 * kinds, leave optional fields out, send null for them, and send an id as a string or as a number.
 */

/** A string inside, whichever of the two it was. JSON numbers beyond 2^53 have lost digits: they are another's id. */
export const id = z.pipe(
  z.union([z.string().check(z.minLength(1)), z.number().check(z.maximum(Number.MAX_SAFE_INTEGER))]),
  z.transform(String),
)

/** Words or a value, where a number is as good as its digits. */
export const text = z.pipe(z.union([z.string(), z.number()]), z.transform(String))

/** A field that the step can do without: undefined when it is missing, null or of another shape. */
export const optional = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined)

/** A list that the step can do without. Entries of another shape are left out. */
export const optionalList = <T extends z.ZodMiniType>(entry: T) =>
  z.catch(
    z.pipe(
      z.array(z.unknown()),
      z.transform((given) => readEntries(entry, given).results),
    ),
    [],
  )

/** Milliseconds since 1970, which HubSpot writes as a number, as digits or as an ISO date. */
export const time = optional(
  z.pipe(
    z.union([z.number(), z.string()]),
    z.transform((given) => {
      const ms = typeof given === 'number' || /^\d+$/.test(given) ? Number(given) : Date.parse(given)
      // From the year 5138 on, it is of another unit, and no date that an event can have.
      return ms > 0 && ms < 1e14 ? ms : undefined
    }),
  ),
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

/** Where an answer could not be read, without any of its values: `results.2.id, paging`. */
export function pathsOf({ issues }: Issues, below: readonly PropertyKey[] = []): string {
  const paths = issues.map(({ path }) => [...below, ...path].map(String).join('.') || 'body')
  return [...new Set(paths)].join(', ')
}

type Issues = { issues: readonly { path: readonly PropertyKey[] }[] }

const words = z.string().check(z.minLength(1))
const maybe = optional(z.string())

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

/** What HubSpot says of a token that it has issued. */
export const tokenInfo = z.object({ hub_id: optional(id), hub_domain: maybe, scopes: optional(z.array(z.string())) })

/** `expires_in` is in seconds. */
export const tokenReply = z.extend(tokenInfo, {
  access_token: words,
  refresh_token: optional(words),
  expires_in: optional(z.coerce.number().check(z.positive())),
})

export const channel = z.object({
  id,
  createdAt: maybe,
  name: maybe,
  webhookUrl: maybe,
  channelDescription: maybe,
  channelLogoUrl: maybe,
  channelAccountConnectionRedirectUrl: maybe,
  capabilities: optional(z.record(z.string(), z.unknown())),
})
export type Channel = z.infer<typeof channel>

const no = z.catch(z.boolean(), false)
export const channelAccount = z.object({ id, inboxId: id, authorized: no, archived: no })
export type ChannelAccount = z.infer<typeof channelAccount>

/** Of something that was made, its id is all that matters. */
export const created = z.object({ id })

/** The thread is known already for all messages but the first, which are published whatever the answer says. */
export const publishedMessage = z.catch(z.object({ conversationsThreadId: optional(id) }), {})

/** A kind that we do not know works like an inbox. */
export const inbox = z.pipe(
  z.object({ id, name: optional(words), type: z.catch(z.enum(['INBOX', 'HELP_DESK']), 'INBOX') }),
  z.transform(({ name, ...rest }) => ({ ...rest, name: name ?? rest.id })),
)
export type Inbox = z.infer<typeof inbox>

export const thread = z.object({ originalChannelId: id })

/** A thread of a help desk has a ticket, which can appear later than the thread. */
export const associations = z.object({
  threadAssociations: optional(z.object({ associatedTicketId: optional(id) })),
})

/** Without a user, as of one that was deactivated, an owner cannot be assigned. */
export const owner = z.object({ email: maybe, userId: optional(id) })

export const actor = z.object({ name: maybe, email: maybe, avatar: maybe })

const properties = z.catch(z.record(z.string(), optional(text)), {})
export const contact = z.object({ id, properties })
export const user = z.object({ archived: no, properties })
export type Contact = z.infer<typeof contact>

export const signedUrl = z.object({ url: words, name: optional(text), extension: optional(text), type: optional(text) })
