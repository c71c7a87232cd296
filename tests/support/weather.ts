import type { Call, CallLog } from '../../sandbox/http/call-log'
import { seededRandom, type Fault, type FaultPlan } from '../../sandbox/http/faults'
import { status } from './faults'

const AT_ONCE = { 'retry-after': '0' }

/** All that goes wrong with a call and may go well the next time. */
const CUT: Fault[] = [{ kind: 'reset' }, { kind: 'answerLost' }]
const REFUSED: Fault[] = [status(429, AT_ONCE), status(500), status(502, AT_ONCE), status(503)]

/** What is answered by a wait of seconds comes half as often as the rest, or the storm would take minutes. */
export const OVER_HUBSPOT: Fault[] = [...REFUSED, ...REFUSED, ...CUT, ...CUT, status(429)]

/** Here it is the cut connections: Botpress' own client then waits a second and more. */
export const OVER_BOTPRESS: Fault[] = [...REFUSED, ...REFUSED, ...CUT]

/** Of all calls that share goes wrong, each in one of those ways. */
export function badWeather(kinds: readonly Fault[], share: number, seed: number): FaultPlan {
  const random = seededRandom(seed)
  return () => (random() < share ? kinds[Math.floor(random() * kinds.length)] : undefined)
}

/**
 * Lets the weather clear up for a message that has failed that often in a row. The integration tries for 20 seconds,
 * about seven times: among a thousand messages, one in seventy runs would be refused that often by sheer chance.
 */
export function clearingUp(plan: FaultPlan, log: CallLog, mostInARow: number): FaultPlan {
  const inARow = new Map<string, number>()
  log.subscribe((call) => {
    const [, id] = /"integrationIdempotencyId":"([^"]+)"/.exec(call.requestBody) ?? []
    if (id === undefined) return
    if (wentWrong(call)) inARow.set(id, (inARow.get(id) ?? 0) + 1)
    else inARow.delete(id)
  })
  return (call) => ([...inARow.values()].some((count) => count >= mostInARow) ? undefined : plan(call))
}

/** Status 0 stands for a connection that was cut. */
export const wentWrong = ({ status: answered }: Call): boolean => answered === 0 || answered === 429 || answered >= 500
