import { vi } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { clockAhead } from './clock'
import { allCalls, CHANNELS, INBOXES, INTROSPECT, isCallOf, status, together, TOKEN, type Target } from './faults'
import { fillIn } from './fill-in'
import { authorize, choose } from './visitor'

/** Something that an owner may get wrong, or that HubSpot may be; what is left undone is done by `andThen`. */
export type WrongSetting = {
  what: string
  wrong: (stack: Stack) => void | Promise<void>
  /** A connected installation is one that somebody has authorized. */
  connected?: true
  /** While the save is under way. */
  meanwhile?: (stack: Stack) => Promise<() => void>
}

const NEW_CHANNEL: Target = { method: 'POST', path: CHANNELS.path }
const ALL: Target = { method: 'GET', path: /./ }

const withToken = (stack: Stack, changed: Record<string, unknown> = {}): void =>
  fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(), inboxId: '481939', ...changed })

export const WRONG_SETTINGS: WrongSetting[] = [
  {
    what: 'three of the four fields of the app left empty',
    wrong: (stack) => fillIn(stack, { developerApiKey: ' ', appId: '', clientId: null }),
  },
  { what: 'Developer API Key left empty', wrong: (stack) => fillIn(stack, { developerApiKey: ' ' }) },
  { what: 'App ID left empty', wrong: (stack) => fillIn(stack, { appId: ' ' }) },
  { what: 'Client ID left empty', wrong: (stack) => fillIn(stack, { clientId: '\n' }) },
  { what: 'Client Secret left empty', wrong: (stack) => fillIn(stack, { clientSecret: ' ' }) },
  {
    what: 'App ID of another app, or Developer API Key of another account',
    wrong: (stack) => fillIn(stack, { appId: '99999' }),
  },
  { what: 'Client ID of no app', wrong: (stack) => fillIn(stack, { clientId: 'not-it' }) },
  { what: 'Client Secret of another app', wrong: (stack) => fillIn(stack, { clientSecret: 'not-it' }) },
  {
    what: 'Refresh Token cut short or of another app',
    wrong: (stack) => withToken(stack, { refreshToken: 'na1-0000' }),
  },
  {
    what: 'Refresh Token of an app that lacked scopes',
    wrong: (stack) =>
      withToken(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(['oauth', 'conversations.read']) }),
  },
  {
    what: 'Refresh Token of another account than HubSpot Account ID names',
    wrong: (stack) => withToken(stack, { portalId: '777' }),
  },
  { what: 'HubSpot Account ID that is a name', wrong: (stack) => withToken(stack, { portalId: 'Example Company' }) },
  {
    what: 'More Inbox or Help Desk IDs without the first',
    wrong: (stack) => withToken(stack, { inboxId: '', additionalInboxIds: ['481940'] }),
  },
  { what: 'Inbox or Help Desk ID of another account', wrong: (stack) => withToken(stack, { inboxId: '99999' }) },
  {
    what: 'More Inbox or Help Desk IDs with one of another account',
    wrong: (stack) => withToken(stack, { additionalInboxIds: ['481940', '99999'] }),
  },
  {
    what: 'Refresh Token without Inbox or Help Desk ID, and there are several',
    wrong: (stack) => withToken(stack, { inboxId: '' }),
  },
  {
    what: 'an account without inbox and help desk',
    wrong: (stack) => {
      withToken(stack)
      answersNoInbox(stack)
    },
  },
  {
    what: 'the connection was removed in HubSpot',
    connected: true,
    wrong: (stack) => stack.hubspot.tokens.revokeRefreshToken(refreshTokenOf(stack)),
  },
  {
    what: 'an inbox that was chosen while authorizing was deleted',
    connected: true,
    wrong: (stack) => answersNoInbox(stack, '481940'),
  },
  {
    what: 'a plan without custom channels',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.switches.acceptsCustomChannels = false
    },
  },
  {
    what: 'an app that has as many channels as it may',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.switches.channelLimit = 0
    },
  },
  {
    what: 'HubSpot shows the new channel late',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.switches.channelVisibleAfterMs = 3_600_000
    },
    meanwhile: channelIsAwaited,
  },
  {
    what: 'a scope was taken from the app after it was connected',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(403, {}, SCOPE_TAKEN))
    },
  },
  {
    what: "HubSpot's limit of calls is reached",
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(429, {}, DAILY))
    },
  },
  {
    what: 'HubSpot is out of order',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(ALL, status(503, { 'retry-after': '30' }))
    },
  },
  {
    what: 'HubSpot refuses the list of channels without a reason',
    wrong: (stack) => {
      stack.hubspot.faults = allCalls(CHANNELS, status(403, {}, { status: 'error', message: 'Forbidden' }))
    },
  },
  {
    what: 'HubSpot does not say which account the Refresh Token belongs to',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = together(
        allCalls(TOKEN, status(200, {}, { access_token: 'CN-1' })),
        allCalls(INTROSPECT, status(200, {}, { active: true })),
      )
    },
  },
  {
    what: 'HubSpot answers what cannot be read',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(200, {}, { total: 0, results: null }))
    },
  },
  {
    what: 'HubSpot answers what nobody expects',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(418))
    },
  },
]

const SCOPE_TAKEN = {
  status: 'error',
  message: 'Missing scopes',
  category: 'MISSING_SCOPES',
  errors: [{ message: 'One of these', context: { requiredGranularScopes: ['conversations.read'] } }],
}

const DAILY = {
  status: 'error',
  message: 'You have reached your daily limit.',
  errorType: 'RATE_LIMIT',
  policyName: 'DAILY',
}

/** Somebody authorizes and chooses both, the help desk for all cards that name none. */
export async function connectBoth(stack: Stack): Promise<void> {
  await stack.botpress.register()
  const done = await choose(await authorize(stack), ['481940', '481939'])
  if (done.title !== 'Connected') throw new Error(done.text)
}

const refreshTokenOf = ({ botpress }: Stack): string =>
  String(botpress.states.find(({ name }) => name === 'tokens')?.payload['refreshToken'])

/** HubSpot lists all inboxes but this one, or none. */
function answersNoInbox({ hubspot }: Stack, but?: string): void {
  const results = but === undefined ? [] : hubspot.inboxes.filter(({ id }) => id !== but)
  hubspot.faults = allCalls(INBOXES, status(200, {}, { total: results.length, results }))
}

/** Waits until the integration looks for its new channel, then moves the clock past the time that it looks for. */
async function channelIsAwaited({ hubspot }: Stack): Promise<() => void> {
  const isLookedFor = () => {
    const { calls } = hubspot.log
    const registered = calls.findIndex(isCallOf(NEW_CHANNEL))
    return registered !== -1 && calls.slice(registered).some(isCallOf(CHANNELS))
  }
  await vi.waitUntil(isLookedFor, { timeout: 20_000 })
  return clockAhead(60_000)
}
