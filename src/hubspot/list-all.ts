import type * as z from 'zod/mini'
import type { ApiCall, HubSpotHttp } from './http'
import { page } from './schemas'

/** Ends a listing whose pages would go round in a circle. */
const MOST_PAGES = 50

/** Reads a listing to its end, page by page. */
export async function listAll<T extends z.ZodMiniType>(
  http: HubSpotHttp,
  { path, auth, entry }: { path: string; auth: ApiCall<T>['auth']; entry: T },
): Promise<z.infer<T>[]> {
  const all: z.infer<T>[] = []
  let after: string | undefined
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const query = after === undefined ? {} : { after }
    const { results, paging } = await http({ method: 'GET', path, auth, query, answer: page(entry) })
    all.push(...results)
    after = paging?.next?.after
    if (after === undefined) break
  }
  return all
}
