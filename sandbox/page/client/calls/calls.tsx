import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallGroupView, CallsView, Party } from '../../view'
import { Icon } from '../parts/icons'
import { Latest } from '../parts/latest'
import { CallRow, inColourOf } from './call-row'
import { callsOf, inWords, type Chosen } from './causes'

type Props = { calls: CallsView; chosen: Chosen | undefined }

/** Every call between Botpress, the integration and HubSpot, by what caused it. */
export const Calls = ({ calls: { counts, groups }, chosen }: Props) => (
  <section class="panel box calls" id="calls" aria-label="Calls">
    <header class="row wrap">
      <h2>Calls, by what caused them</h2>
      <ul class="row wrap counts">
        {counts.map(({ from, to, count }) => (
          <li key={`${from}-${to}`} title={`${from} called ${to} ${count} times`}>
            <PartyName party={from} /> <Icon name="arrow" />
            <span class="unseen">to</span> <PartyName party={to} /> <b>{count}</b>
          </li>
        ))}
      </ul>
    </header>
    <Latest label="Log of calls" class="">
      {groups.map((group) => (
        <Group key={group.id} group={group} chosen={chosen?.id === group.id ? chosen : undefined} />
      ))}
      {groups.length === 0 && <p class="pad soft">No calls yet.</p>}
    </Latest>
  </section>
)

type GroupProps = { group: CallGroupView; chosen: Chosen | undefined }

/** Expanded, it is a sequence diagram. */
function Group({ group, chosen }: GroupProps) {
  const { cause, durationMs, calls } = group
  const fold = useRef<HTMLDetailsElement>(null)
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    if (chosen) setOpen(true)
  }, [chosen])
  useEffect(() => {
    if (chosen && isOpen) fold.current?.scrollIntoView({ block: 'start' })
  }, [chosen, isOpen])
  const failed = calls.filter(({ tone }) => tone === 'bad').length
  return (
    <details
      class={`group ${chosen ? 'is-chosen' : ''}`}
      ref={fold}
      open={isOpen}
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
    >
      <summary>
        <b>{cause}</b>{' '}
        <span class="soft">
          <Icon name="arrow" /> {inWords(callsOf(group).length)}, {Math.round(durationMs)} ms
          {failed > 0 && <span class="is-bad">, {failed} failed</span>}
        </span>
      </summary>
      {isOpen && (
        <div class="sequence">
          <p class="lanes" aria-hidden="true">
            <PartyName party="Botpress" />
            <PartyName party="Integration" />
            <PartyName party="HubSpot" />
          </p>
          {calls.map((call) => (
            <CallRow key={call.id} call={call} />
          ))}
        </div>
      )}
    </details>
  )
}

const PartyName = ({ party }: { party: Party }) => <span style={inColourOf(party)}>{party}</span>
