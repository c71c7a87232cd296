import { useEffect, useState } from 'preact/hooks'
import type { Step } from '../../../story'
import type { View } from '../../view'
import { useRemembered } from './remembered'

/** How long a step is shown. */
const BEAT_MS = 2_500

export type Replay = {
  /** The step that the page shows; undefined while it shows what is happening now. */
  step: Step | undefined
  /** Counts from 1. */
  number: number
  total: number
  isPlaying: boolean
  /** Shows a step and stops there. After the last one, the page is live again. */
  show: (number: number) => void
  play: () => void
}

/** Replays the handoff that was played at the start: the page shows what was there at the end of each step. */
export function useReplay({ steps, isReplayed }: View): Replay {
  const [shown, setShown] = useRemembered('step', isReplayed ? '1' : '')
  const [isPlaying, setPlaying] = useState(shown === '1')
  const number = Number(shown)
  const step = steps[number - 1]
  const go = (next: number, plays: boolean) => {
    setShown(steps[next - 1] ? String(next) : '')
    setPlaying(plays)
  }
  useEffect(() => {
    if (!isPlaying || !step) return undefined
    const timer = setTimeout(() => go(number + 1, true), BEAT_MS)
    return () => clearTimeout(timer)
  }, [number, isPlaying])
  return {
    step,
    number,
    total: steps.length,
    isPlaying: isPlaying && step !== undefined,
    show: (next) => go(next, false),
    play: () => go(step ? number : 1, true),
  }
}

/** The view as it was: without whatever has a later time. What has none, such as contacts, stays as it is. */
export function viewAt(view: View, at: number): View {
  const past: View = JSON.parse(JSON.stringify(view), (_, value: unknown) => {
    // What was left out of a list is a gap in it.
    if (Array.isArray(value)) return value.filter(() => true)
    return typeof value === 'object' && value && 'at' in value && Number(value.at) > at ? undefined : value
  })
  // A count has no time.
  const made = past.calls.groups.flatMap(({ calls }) => calls)
  for (const way of past.calls.counts) way.count = made.filter((c) => c.from === way.from && c.to === way.to).length
  if (past.hubspot.kind === 'real') return past
  const threads = past.hubspot.threads.map((thread) => ({
    ...thread,
    unread: 0,
    state: thread.items.findLast(({ state }) => state)?.state ?? ('open' as const),
    assignedTo: thread.items.findLast(({ assignedTo }) => assignedTo !== undefined)?.assignedTo ?? undefined,
  }))
  return { ...past, hubspot: { ...past.hubspot, threads } }
}
