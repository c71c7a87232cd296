import type { CallGroupView, CallView } from '../view'

/** What happened, in plain words; several calls with the same `event` tell of one. */
export type Cause = { cause: string; event?: string | undefined }

/** A call with what caused it, if that is not another call, and the ids in it. */
export type Caused = { call: CallView; cause: Cause | undefined; ids: ReadonlySet<string> }

type Group = { shown: CallGroupView; event: string | undefined; ids: Set<string>; endsAt: number }

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
  for (const caused of calls) {
    const { call, ids } = caused
    const group = groupFor(caused, groups.slice(-RECENT)) ?? begin(caused)
    if (!groups.includes(group)) groups.push(group)
    for (const id of ids) group.ids.add(id)
    const endsAt = call.at + call.durationMs
    group.endsAt = Math.max(group.endsAt, endsAt)
    const { shown } = group
    // What HubSpot reports afterwards is no part of how long it took.
    if (shown.calls.length === 0 || call.from === 'Integration')
      shown.durationMs = Math.max(shown.durationMs, endsAt - shown.at)
    shown.calls.push(call)
  }
  return groups.map(({ shown }) => shown)
}

const begin = ({ call: { id, at }, cause }: Caused): Group => ({
  shown: { id, at, cause: cause?.cause ?? 'At the start', durationMs: 0, calls: [] },
  event: cause?.event,
  ids: new Set(),
  endsAt: at,
})

function groupFor({ call: { at, what }, cause, ids }: Caused, recent: Group[]): Group | undefined {
  if (cause) {
    const isOne = ({ shown, event, endsAt }: Group) =>
      cause.event === undefined
        ? shown.cause === cause.cause && at <= endsAt + TOGETHER_MS && shown.calls.every((each) => each.what !== what)
        : event === cause.event
    return lastOf(recent, isOne)
  }
  const shared = (group: Group) => [...ids].filter((id) => group.ids.has(id)).length
  const underWay = recent.filter(({ endsAt }) => at <= endsAt + ECHO_MS)
  const most = Math.max(...underWay.map(shared))
  return lastOf(underWay, (group) => shared(group) === most) ?? recent.at(-1)
}

const lastOf = (groups: Group[], isIt: (group: Group) => boolean): Group | undefined =>
  groups.reduce<Group | undefined>((found, group) => (isIt(group) ? group : found), undefined)
