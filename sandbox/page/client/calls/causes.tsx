import { createContext, type ComponentChildren } from 'preact'
import { useContext, useState } from 'preact/hooks'
import type { CallGroupView, CallView } from '../../view'

type Causes = { groups: CallGroupView[]; choose: (id: number) => void }

const causes = createContext<Causes>({ groups: [], choose: () => {} })

export const CausesProvider = ({ children, ...value }: Causes & { children: ComponentChildren }) => (
  <causes.Provider value={value}>{children}</causes.Provider>
)

/** The group of calls that the user wants to see. Choosing it again shows it again. */
export function useChosenGroup() {
  const [chosen, setChosen] = useState<{ id: number }>()
  return {
    chosen,
    choose: (id: number) => setChosen({ id }),
  }
}

export const callsOf = ({ calls }: CallGroupView): CallView[] => calls.filter(({ from }) => from === 'Integration')

export const inWords = (count: number): string => (count === 1 ? '1 call' : `${count} calls`)

/** How far apart the clocks of a message and of its calls may be. */
const BEFORE_MS = 1_500
const AFTER_MS = 150

type Props = { cause: string; at: number }

/** Leads from a message to the calls that it caused, if there are any. */
export function CausedCalls({ cause, at }: Props) {
  const { groups, choose } = useContext(causes)
  const near = groups
    .filter((group) => group.cause === cause)
    .filter(({ startedAt, durationMs }) => at >= startedAt - BEFORE_MS && at <= startedAt + durationMs + AFTER_MS)
    .sort((a, b) => Math.abs(a.startedAt - at) - Math.abs(b.startedAt - at))[0]
  if (!near) return null
  return (
    <button
      type="button"
      class="plain soft caused"
      title="Show the calls that it caused"
      onClick={() => choose(near.id)}
    >
      {inWords(callsOf(near).length)}
    </button>
  )
}
