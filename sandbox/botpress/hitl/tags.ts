import type { Collection } from '../store/collection'
import type { Tags } from '../types'

/** The plugin's tags on users and conversations of both sides, with the prefix that Botpress gives them. */
export const UPSTREAM = 'hitl#upstream'
export const DOWNSTREAM = 'hitl#downstream'
/** Under which alias of the integration a stand-in was made. */
export const ALIAS = 'hitl#integrationAlias'
/** On a customer's message: what the integration sent along with it. */
export const ADDITIONAL_DATA = 'hitl#additionalData'

type Tagged = { id: string; createdAt: string; tags: Tags }

/** The plugin declares its tags itself, so they are not checked against the integration's. */
export function addTag<T extends Tagged>(collection: Collection<T>, id: string, tags: Tags): void {
  const item = collection.get(id)
  collection.add({ ...item, tags: { ...item.tags, ...tags } })
}
