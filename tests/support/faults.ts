import { BotpressError } from '../../sandbox/botpress/errors'
import type { Call, CallLog } from '../../sandbox/http/call-log'
import type { Fault, FaultPlan } from '../../sandbox/http/faults'

/** One kind of call, as a stand-in's fault plan sees it. */
export type Target = { method: string; path: RegExp }

/** Calls to HubSpot's API. */
export const PUBLISH: Target = { method: 'POST', path: /\/custom-channels\/.+\/messages$/ }
export const RECEIPT: Target = { method: 'PATCH', path: /\/custom-channels\/.+\/messages\/[^/]+$/ }
export const NOTE: Target = { method: 'POST', path: /\/threads\/[^/]+\/messages$/ }
export const ACTOR: Target = { method: 'GET', path: /\/actors\// }
export const TOKEN: Target = { method: 'POST', path: /^\/oauth\/.+\/token$/ }
export const INTROSPECT: Target = { method: 'POST', path: /^\/oauth\/.+\/introspect$/ }
export const CHANNELS: Target = { method: 'GET', path: /\/custom-channels(\/v3)?$/ }
export const CONTACT: Target = { method: 'GET', path: /\/contacts\/[^/]+$/ }
export const THREAD: Target = { method: 'GET', path: /\/threads\/[^/]+$/ }
/** What a thread holds. */
export const RECORD: Target = { method: 'GET', path: /\/threads\/[^/]+\/messages$/ }
export const INBOXES: Target = { method: 'GET', path: /\/inboxes$/ }

/** Calls to Botpress' runtime API. */
export const INITIALIZE: Target = { method: 'POST', path: /\/initialize-incoming-message$/ }
export const LOOK_UP: Target = { method: 'GET', path: /\/conversations$/ }
export const CHANGE_CONVERSATION: Target = { method: 'PUT', path: /\/conversations\/[^/]+$/ }
export const CHANGE_USER: Target = { method: 'PUT', path: /\/users\/[^/]+$/ }
export const NEW_EVENT: Target = { method: 'POST', path: /\/events$/ }
export const CONFIGURE: Target = { method: 'POST', path: /\/integrations\/configure$/ }
export const SET_TOKENS: Target = { method: 'POST', path: /\/states\/.+\/tokens$/ }

type Named = { method: string; path: string }

export const isCallOf =
  ({ method, path }: Target) =>
  (call: Named): boolean =>
    call.method === method && path.test(call.path)

/** The calls of that kind that a stand-in has got, oldest first. */
export const callsOf = ({ log }: { log: CallLog }, target: Target): Call[] => log.calls.filter(isCallOf(target))

/** The first calls of that kind fail, with one fault each. Everything else passes. */
export function firstCalls(target: Target, ...faults: Fault[]): FaultPlan {
  const left = [...faults]
  return (call) => (isCallOf(target)(call) ? left.shift() : undefined)
}

/** Several kinds of calls go wrong. */
export const together =
  (...plans: FaultPlan[]): FaultPlan =>
  (call) =>
    plans.map((plan) => plan(call)).find((fault) => fault !== undefined)

/** All calls of that kind are answered with something else; refusals stay as they are. */
export const changed = (target: Target, change: (answer: Record<string, unknown>) => unknown): FaultPlan =>
  allCalls(target, { kind: 'changed', change })

/** All calls of that kind fail. */
export const allCalls =
  (target: Target, fault: Fault): FaultPlan =>
  (call) =>
    isCallOf(target)(call) ? fault : undefined

export const slow = (ms: number): Fault => ({ kind: 'delay', ms })

/** The default body is HubSpot's own error body for that status. */
export const status = (code: number, headers: Record<string, string> = {}, body?: unknown): Fault => ({
  kind: 'status',
  status: code,
  headers,
  body,
})

/** Botpress does not take what it is sent, and never will. */
export const BOTPRESS_REFUSES = status(400, {}, new BotpressError('InvalidPayload', 'No.').toBody())
