import { createContext } from 'preact'
import { useContext, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CallDetails, CallGroupView, CallsView, CallView, Party } from '../../view'
import { Icon, Latest } from '../parts/basics'

/** Every call between Botpress, the integration and HubSpot, by what caused it. */
export const Calls = ({ calls: { counts, groups } }: { calls: CallsView }) => (
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
        <Group key={group.id} group={group} />
      ))}
      {groups.length === 0 && <p class="pad soft">No calls yet.</p>}
    </Latest>
  </section>
)

/** Expanded, it is a sequence diagram. A link to that expands it. */
function Group({ group }: { group: CallGroupView }) {
  const { id, cause, durationMs, calls } = group
  const failed = calls.filter(({ tone }) => tone === 'bad').length
  return (
    <details class="group small">
      <summary>
        <b>{cause}</b>{' '}
        <span class="soft cut">
          <Icon name="arrow" /> {countOf(group)}, {Math.round(durationMs)} ms
          {failed > 0 && <span class="is-bad">, {failed} failed</span>}
        </span>
      </summary>
      <div class="sequence" id={`calls-${id}`}>
        <p class="lanes" aria-hidden="true">
          <PartyName party="Botpress" />
          <PartyName party="Integration" />
          <PartyName party="HubSpot" />
        </p>
        {calls.map((call) => (
          <CallRow key={call.id} call={call} />
        ))}
      </div>
    </details>
  )
}

/** How many calls the integration made. */
function countOf({ calls }: CallGroupView): string {
  const { length } = calls.filter(({ from }) => from === 'Integration')
  return length === 1 ? '1 call' : `${length} calls`
}

const PartyName = ({ party }: { party: Party }) => <span style={inColourOf(party)}>{party}</span>

/** One call. Expanded, it shows the request and the response. */
function CallRow({ call: shown }: { call: CallView }) {
  const { id, from, to, what, call, outcome, tone, durationMs } = shown
  const [details, setDetails] = useState<CallDetails>()
  const bodies = useRef<HTMLDivElement>(null)
  // On demand, because all bodies together are far larger than the rest of the page.
  const open = async () => setDetails(await (await fetch(`/calls/${id}`)).json())
  useLayoutEffect(() => bodies.current?.scrollIntoView({ block: 'nearest' }), [details])
  return (
    <details class="call" onToggle={({ currentTarget }) => void (currentTarget.open && open())}>
      <summary class="row call-line">
        <Way from={from} to={to} />
        <span class="what cut">{what}</span>
        <code class="cut soft">{call}</code>
        <span class={`is-${tone}`}>{outcome}</span>
        <span class="soft">{Math.round(durationMs)} ms</span>
      </summary>
      {details && (
        <div class="bodies" ref={bodies}>
          <code>{call}</code>
          <Body title="Request" text={details.request} />
          <Body title="Response" text={details.response} />
        </div>
      )}
    </details>
  )
}

const inColourOf = (party: Party): string => `color: var(--${party.toLowerCase()})`

const LANES: Record<Party, number> = { Botpress: 20, Integration: 70, HubSpot: 120 }

/** An arrow between two lanes, which continue in the rows above and below. */
function Way({ from, to }: { from: Party; to: Party }) {
  const direction = LANES[to] > LANES[from] ? 1 : -1
  const [start, tip] = [LANES[from] + 3 * direction, LANES[to] - 2 * direction]
  return (
    <svg
      class="way"
      style={inColourOf(from)}
      viewBox="0 0 140 28"
      preserveAspectRatio="none"
      role="img"
      aria-label={`${from} to ${to}`}
    >
      {Object.values(LANES).map((x) => (
        <path key={x} class="lane" d={`M${x} 0v28`} />
      ))}
      <path d={`M${start} 14H${tip}m${-6 * direction} -4l${6 * direction} 4l${-6 * direction} 4`} />
    </svg>
  )
}

const Body = ({ title, text }: { title: string; text: string }) => (
  <figure>
    <figcaption>{title}</figcaption>
    <pre class="scroll" tabIndex={0} role="region" aria-label={title}>
      {text || '(empty)'}
    </pre>
  </figure>
)

/** The groups that messages lead to. */
export const Causes = createContext<CallGroupView[]>([])

/** How far apart the clocks of a message and of its calls may be. */
const BEFORE_MS = 1_500
const AFTER_MS = 150

/** Leads from a message to the calls that it caused, if there are any. */
export function CausedCalls({ cause, at }: { cause: string; at: number }) {
  const near = useContext(Causes)
    .filter((group) => group.cause === cause)
    .filter((group) => at >= group.at - BEFORE_MS && at <= group.at + group.durationMs + AFTER_MS)
    .sort((a, b) => Math.abs(a.at - at) - Math.abs(b.at - at))[0]
  if (!near) return null
  return (
    <a class="soft" href={`#calls-${near.id}`} title="Show the calls that it caused">
      {countOf(near)}
    </a>
  )
}
