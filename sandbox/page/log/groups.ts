import type { CallGroupView, CallView } from '../view'

/** What happened, in plain words; several calls with the same `event` tell of one. */
export type Cause = { cause: string; event?: string | undefined }

/** A call with what caused it, if that is not another call, and the ids in it. */
export type Caused = CallView & { cause: Cause | undefined; ids: ReadonlySet<string> }

type Group = CallGroupView & { event: string | undefined; ids: Set<string> }

/** Creating a customer and opening a session follow each other within this time. */
const TOGETHER_MS = 1_000

/** HubSpot reports within this time what was done to it. */
const ECHO_MS = 50

/** How many groups back a call looks for its cause. */
const RECENT = 12

/**
 * Groups calls, in the order in which they began, by what caused them. The two platforms see no common id, so a call
 * belongs to the cause that was still being handled when it began, and of several to the one with the most ids in common.
 */
export function groupsOf(calls: readonly Caused[]): CallGroupView[] {
  const groups: Group[] = []
  for (const call of calls) {
    const group = groupFor(call, groups.slice(-RECENT)) ?? begin(call)
    if (!groups.includes(group)) groups.push(group)
    const { ids, cause: _, ...shown } = call
    group.calls.push(shown)
    for (const id of ids) group.ids.add(id)
    group.durationMs = Math.max(group.durationMs, endOf(call) - group.startedAt)
  }
  return groups.map(({ ids: _, event: __, ...group }) => ({ ...group, durationMs: tookMs(group) }))
}

/** Until the integration was done, without what HubSpot reported afterwards. */
const tookMs = ({ startedAt, calls }: CallGroupView): number =>
  Math.max(...calls.filter(({ from }, index) => index === 0 || from === 'Integration').map(endOf)) - startedAt

const endOf = ({ startedAt, durationMs }: CallView): number => startedAt + durationMs

const begin = ({ id, cause, startedAt }: Caused): Group => ({
  id,
  cause: cause?.cause ?? 'At the start',
  event: cause?.event,
  startedAt,
  durationMs: 0,
  calls: [],
  ids: new Set(),
})

function groupFor({ cause, startedAt, ids, what }: Caused, recent: Group[]): Group | undefined {
  const isWithin = (group: Group, ms: number) => startedAt <= group.startedAt + group.durationMs + ms
  if (cause) {
    const isOne = (group: Group) =>
      cause.event === undefined
        ? group.cause === cause.cause && isWithin(group, TOGETHER_MS) && group.calls.every((call) => call.what !== what)
        : group.event === cause.event
    return lastOf(recent, isOne)
  }
  const shared = (group: Group) => [...ids].filter((id) => group.ids.has(id)).length
  const underWay = recent.filter((group) => isWithin(group, ECHO_MS))
  const most = Math.max(...underWay.map(shared))
  return lastOf(underWay, (group) => shared(group) === most) ?? recent.at(-1)
}

const lastOf = (groups: Group[], isIt: (group: Group) => boolean): Group | undefined =>
  groups.reduce<Group | undefined>((found, group) => (isIt(group) ? group : found), undefined)
