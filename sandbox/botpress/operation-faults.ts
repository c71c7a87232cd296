import type { Fault } from '../http/faults'
import type { OperationAnswer, OperationRequest } from './types'

/** What goes wrong with one call of the integration. */
export type OperationFault = Exclude<Fault, { kind: 'changed' }>
export type OperationFaultPlan = (request: OperationRequest) => OperationFault | undefined

/** Makes the call, or lets happen to it what the plan says. */
export async function withFault(
  fault: OperationFault | undefined,
  call: () => Promise<OperationAnswer>,
): Promise<OperationAnswer> {
  switch (fault?.kind) {
    case undefined:
      return call()
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, fault.ms))
      return call()
    case 'status':
      return answer(fault.status, fault.body ?? { message: `Injected ${fault.status}` }, fault.headers)
    case 'answerLost':
      await call()
      return LOST
    case 'reset':
      return LOST
  }
}

const answer = (status: number, body: unknown, headers: Record<string, string> = {}): OperationAnswer => ({
  status,
  headers: new Headers(headers),
  body: JSON.stringify(body),
})

const LOST = answer(0, { message: 'The connection to the integration was lost' })
