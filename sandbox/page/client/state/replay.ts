import { useEffect, useState } from 'preact/hooks'
import type { Step } from '../../../story'
import type { CallsView, ChatView, DeskView, ItemView, ThreadView, View } from '../../view'
import { useRemembered } from './remembered'

/** How long a step is shown. */
const BEAT_MS = 2_500

export type Replay = {
  /** The step that the page shows; undefined while it shows what is happening now. */
  step: Step | undefined
  /** Counts from 1. */
  number: number
  isPlaying: boolean
  /** Shows a step and stops there. After the last one, the page is live again. */
  show: (number: number) => void
  play: () => void
  pause: () => void
  live: () => void
}

/** Replays the handoff that was played at the start: the page shows what was there at the end of each step. */
export function useReplay({ steps, isReplayed }: View): Replay {
  const [shown, setShown] = useRemembered('step', isReplayed ? '1' : '')
  const [isPlaying, setPlaying] = useState(shown === '1')
  const number = Number(shown)
  const go = (next: number) => setShown(steps[next - 1] ? String(next) : '')
  useEffect(() => {
    if (!isPlaying) return undefined
    const timer = setTimeout(() => go(number + 1), BEAT_MS)
    return () => clearTimeout(timer)
  }, [number, isPlaying])
  const step = steps[number - 1]
  const start = (next: number, plays: boolean) => {
    go(next)
    setPlaying(plays)
  }
  return {
    step,
    number,
    isPlaying: isPlaying && step !== undefined,
    show: (next) => start(next, false),
    play: () => start(step ? number : 1, true),
    pause: () => setPlaying(false),
    live: () => start(0, false),
  }
}

/** The view as it was. What no event tells of, such as contacts, stays as it is. */
export function viewAt(view: View, at: number): View {
  const { hubspot } = view
  return {
    ...view,
    chats: view.chats.map((chat) => chatAt(chat, at)).filter(({ lines }) => lines.length > 0),
    calls: callsAt(view.calls, at),
    hubspot: hubspot.kind === 'real' ? hubspot : deskAt(hubspot, at),
  }
}

const until =
  (at: number) =>
  (time: number | undefined): number | undefined =>
    time !== undefined && time <= at ? time : undefined

function chatAt(chat: ChatView, at: number): ChatView {
  const past = until(at)
  const sessions = chat.sessions.filter(({ asked }) => asked <= at)
  return {
    ...chat,
    lines: chat.lines.filter((line) => line.at <= at),
    sessions: sessions.map(({ joined, answered, closed, ...session }) => ({
      ...session,
      joined: past(joined),
      answered: past(answered),
      closed: past(closed),
    })),
  }
}

function callsAt(calls: CallsView, at: number): CallsView {
  const groups = calls.groups.map((group) => ({
    ...group,
    calls: group.calls.filter(({ startedAt }) => startedAt <= at),
  }))
  return { ...calls, groups: groups.filter((group) => group.calls.length > 0) }
}

const deskAt = (desk: DeskView, at: number): DeskView => ({
  ...desk,
  threads: desk.threads.map((thread) => threadAt(thread, at)).filter(({ items }) => items.length > 0),
})

function threadAt(thread: ThreadView, at: number): ThreadView {
  const items = thread.items.filter((item) => item.at <= at)
  const last = <T>(look: (item: ItemView) => T | undefined) =>
    items.reduce<T | undefined>((found, item) => look(item) ?? found, undefined)
  return {
    ...thread,
    items: items.map(({ receipt, ...item }) => (receipt && receipt.at <= at ? { ...item, receipt } : item)),
    unread: 0,
    state: last(({ state }) => state) ?? 'open',
    assignedTo: last(({ assignedTo }) => (assignedTo === null ? '' : assignedTo)),
  }
}
