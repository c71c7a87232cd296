import type { Call, CallLog } from '../../sandbox/http/call-log'
import { seededRandom, type Fault, type FaultPlan } from '../../sandbox/http/faults'
import { status } from './faults'

const AT_ONCE = { 'retry-after': '0' }

/** Every temporary fault of a call. */
const CUT: Fault[] = [{ kind: 'reset' }, { kind: 'answerLost' }]
const REFUSED: Fault[] = [status(429, AT_ONCE), status(500), status(502, AT_ONCE), status(503)]

/** Faults that cause a wait of seconds are half as frequent, or the test would take minutes. */
export const OVER_HUBSPOT: Fault[] = [...REFUSED, ...REFUSED, ...CUT, ...CUT, status(429)]

/** Here these are the cut connections, after which Botpress' client waits at least a second. */
export const OVER_BOTPRESS: Fault[] = [...REFUSED, ...REFUSED, ...CUT]

/** This share of all calls fails, each with one of those faults. */
export function badWeather(kinds: readonly Fault[], share: number, seed: number): FaultPlan {
  const random = seededRandom(seed)
  return () => (random() < share ? kinds[Math.floor(random() * kinds.length)] : undefined)
}

/**
 * Stops the faults for a message that has failed this often in a row. The integration retries for 20 seconds, about
 * seven times. By chance alone, one run in seventy would have a message, of a thousand, that fails each time.
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

/** Status 0 means that the connection was cut. */
export const wentWrong = ({ status: answered }: Call): boolean => answered === 0 || answered === 429 || answered >= 500
