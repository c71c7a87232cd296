import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CallDetails, CallView, Party } from '../../view'

/** One call. Expanded, it shows the request and the response. */
export function CallRow({ call: shown }: { call: CallView }) {
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

export const inColourOf = (party: Party): string => `color: var(--${party.toLowerCase()})`

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
