import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CallDetails, CallView, WaitingCallView } from '../../view'
import { Time } from '../parts/time'
import { Way } from './way'

/** One call. Expanded, it shows the request and the response. */
export function CallRow({ call }: { call: CallView }) {
  const [isOpen, setOpen] = useState(false)
  const { status, durationMs } = call
  return (
    <details class="call" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary class="call-line">
        <CallSummary call={call} />
        <span class={`call-status ${isGood(status) ? 'is-good' : 'is-bad'}`}>{status === 0 ? 'cut' : status}</span>
        <span class="call-ms">{Math.round(durationMs)} ms</span>
      </summary>
      {isOpen && <Bodies id={call.id} call={call.call} />}
    </details>
  )
}

/** One call without a response yet. */
export const WaitingCallRow = ({ call }: { call: WaitingCallView }) => (
  <div class="call call-line">
    <CallSummary call={call} />
    <span class="call-status">…</span>
    <span class="call-ms">running</span>
  </div>
)

const CallSummary = ({ call: { from, to, what, startedAt, call } }: { call: WaitingCallView }) => (
  <>
    <span class="call-time">
      <Time at={startedAt} isExact />
    </span>
    <Way from={from} to={to} />
    <span class="call-what">{what}</span>
    <code class="call-code">{call}</code>
  </>
)

const isGood = (status: number): boolean => status >= 200 && status < 400

/** Fetched on demand, because all bodies together are far larger than the rest of the page. */
function Bodies({ id, call }: { id: number; call: string }) {
  const [details, setDetails] = useState<CallDetails>()
  const bodies = useRef<HTMLDivElement>(null)
  useEffect(() => {
    void fetch(`/calls/${id}`).then(async (answer) => setDetails(await answer.json()))
  }, [id])
  useLayoutEffect(() => bodies.current?.scrollIntoView({ block: 'nearest' }), [details])
  if (!details) return <p class="nothing">…</p>
  return (
    <div class="bodies" ref={bodies}>
      <code>{call}</code>
      <Body title="Request" text={details.request} />
      <Body title="Response" text={details.response} />
    </div>
  )
}

const Body = ({ title, text }: { title: string; text: string }) => (
  <figure>
    <figcaption>{title}</figcaption>
    <pre tabIndex={0} role="region" aria-label={title}>
      {text || '(empty)'}
    </pre>
  </figure>
)
