import type { CallsView } from '../../view'
import { StickyList } from '../parts/sticky-list'
import { CallRow, WaitingCallRow } from './call-row'
import { Way } from './way'

/** Every call between Botpress, the integration and HubSpot, and their number. */
export const Calls = ({ calls: { counts, latest, underWay } }: { calls: CallsView }) => (
  <section class="calls" aria-label="Calls">
    <header>
      <h2>Calls</h2>
      <ul class="counts">
        {counts.map(({ from, to, count }) => (
          <li key={`${from}-${to}`}>
            <Way from={from} to={to} />
            <b>{count}</b>
          </li>
        ))}
      </ul>
    </header>
    <StickyList label="Log of calls" class="call-list">
      {latest.map((call) => (
        <CallRow key={call.id} call={call} />
      ))}
      {underWay.map((call) => (
        <WaitingCallRow key={`${call.startedAt} ${call.call}`} call={call} />
      ))}
      {latest.length === 0 && <p class="nothing">No calls yet.</p>}
    </StickyList>
  </section>
)
