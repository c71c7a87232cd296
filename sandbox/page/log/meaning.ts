import type { OperationName } from '../../botpress/types'

type Meaning = [method: string, path: RegExp, words: string]

const HUBSPOT: Meaning[] = [
  ['POST', /^\/oauth\//, 'Token refreshed'],
  ['POST', /custom-channels(\/v3)?$/, 'Channel registered'],
  ['GET', /custom-channels(\/v3)?$/, 'Channels listed'],
  ['POST', /\/channel-accounts$/, 'Inbox connected'],
  ['GET', /\/channel-accounts$/, 'Connected inboxes listed'],
  ['PATCH', /\/channel-accounts\//, 'Connection updated'],
  ['POST', /\/custom-channels\/.+\/messages$/, "Customer's message published"],
  ['PATCH', /\/custom-channels\/.+\/messages\//, 'Delivery receipt'],
  ['POST', /\/threads\/[^/]+\/messages$/, 'Internal note written'],
  ['PATCH', /\/threads\/[^/]+$/, 'Thread closed'],
  ['GET', /\/threads\/[^/]+$/, 'Thread read'],
  ['GET', /\/actors\//, 'Agent looked up'],
  ['GET', /\/inboxes$/, 'Inboxes listed'],
  ['GET', /contacts\//, 'Contact looked up'],
  ['POST', /\/search$/, 'Contact searched'],
  ['POST', /contacts$/, 'Contact created'],
  ['POST', /\/files$/, 'File uploaded'],
  ['GET', /\/signed-url$/, 'Link to a file'],
  ['GET', /^\/(signed-files|hubfs)\//, 'File downloaded'],
]

const BOTPRESS: Meaning[] = [
  ['POST', /\/initialize-incoming-message$/, "Agent's message delivered"],
  ['POST', /\/messages/, 'Message delivered'],
  ['POST', /\/events$/, 'Event sent to the bot'],
  ['POST', /\/conversations\/get-or-create$/, "Session's conversation created"],
  ['PUT', /\/conversations\/[^/]+$/, 'Session updated'],
  ['GET', /\/conversations\/[^/]+$/, 'Session read'],
  ['GET', /\/conversations$/, 'Session looked up'],
  ['POST', /\/users\/get-or-create$/, 'User created or found'],
  ['PUT', /\/users\//, 'User updated'],
  ['GET', /\/users\//, 'User read'],
  ['GET', /\/states\//, 'State read'],
  ['POST', /\/states\//, 'State stored'],
  ['PUT', /\/states\//, 'State stored'],
  ['PUT', /\/files$/, 'File stored'],
]

const OPERATIONS: Record<OperationName, string> = {
  register: 'Configuration saved',
  unregister: 'Integration removed',
  action_triggered: 'Action',
  message_created: "Customer's message",
  webhook_received: 'Webhook forwarded',
}

const ACTIONS: Record<string, string> = {
  createUser: 'Customer created',
  startHitl: 'Session started',
  stopHitl: 'Session ended',
}

/** The purpose of a call in plain words. */
export const meaningOfHubSpotCall = (method: string, path: string): string => meaning(HUBSPOT, method, path)

export const meaningOfBotpressCall = (method: string, path: string): string => meaning(BOTPRESS, method, path)

export function meaningOfOperation(operation: OperationName, type: string | undefined): string {
  return ACTIONS[type ?? ''] ?? OPERATIONS[operation]
}

function meaning(meanings: Meaning[], method: string, path: string): string {
  return meanings.find(([known, pattern]) => known === method && pattern.test(path))?.[2] ?? 'Call'
}
