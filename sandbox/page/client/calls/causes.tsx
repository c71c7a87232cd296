import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { CallGroupView, CallView } from '../../view'
import { Button } from '../parts/basics'

/** The group of calls that the user wants to see. Choosing it again shows it again. */
export type Chosen = { id: number }

type CausesOfAll = { groups: CallGroupView[]; choose: (chosen: Chosen) => void }

export const Causes = createContext<CausesOfAll>({ groups: [], choose: () => {} })

export const callsOf = ({ calls }: CallGroupView): CallView[] => calls.filter(({ from }) => from === 'Integration')

export const inWords = (count: number): string => (count === 1 ? '1 call' : `${count} calls`)

/** How far apart the clocks of a message and of its calls may be. */
const BEFORE_MS = 1_500
const AFTER_MS = 150

type Props = { cause: string; at: number }

/** Leads from a message to the calls that it caused, if there are any. */
export function CausedCalls({ cause, at }: Props) {
  const { groups, choose } = useContext(Causes)
  const near = groups
    .filter((group) => group.cause === cause)
    .filter((group) => at >= group.at - BEFORE_MS && at <= group.at + group.durationMs + AFTER_MS)
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
  if (!near) return null
  return (
    <Button class="plain soft caused" title="Show the calls that it caused" onClick={() => choose({ id: near.id })}>
      {inWords(callsOf(near).length)}
    </Button>
  )
}
