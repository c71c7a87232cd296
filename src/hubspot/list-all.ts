import type * as z from 'zod/mini'
import { withoutIds } from './endpoints'
import type { ApiCall, HubSpotHttp } from './http'
import { page } from './schemas'

/** Called with where an entry of a list could not be read; none of the entry's values are in it. */
export type OnDropped = (where: string) => void

/** No list of an app or account is longer than this. */
const MOST_PAGES = 50

type Listing<T extends z.ZodMiniType> = Pick<ApiCall<T>, 'path' | 'query' | 'auth' | 'budgetMs'> & {
  entry: T
  onDropped: OnDropped
}

/** Reads a listing to its end, page by page; `budgetMs` is for each page. Throws `HubSpotError`. */
export async function listAll<T extends z.ZodMiniType>(
  http: HubSpotHttp,
  { query, entry, onDropped, ...call }: Listing<T>,
): Promise<z.infer<T>[]> {
  const all: z.infer<T>[] = []
  const seen = new Set<string>()
  for (let after: string | undefined; seen.size < MOST_PAGES; seen.add(after)) {
    const onPage = after === undefined ? {} : { after }
    const read = await http({ ...call, method: 'GET', query: { ...query, ...onPage }, answer: page(entry) })
    all.push(...read.results)
    for (const dropped of read.dropped) onDropped(`${dropped} of GET ${withoutIds(call.path)}`)
    after = read.after
    // A page that was read before would be followed by the same pages again.
    if (after === undefined || seen.has(after)) break
  }
  return all
}
