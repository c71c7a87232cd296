import { vi } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { clockAhead } from './clock'
import { allCalls, CHANNELS, INBOXES, INTROSPECT, isCallOf, status, together, TOKEN, type Target } from './faults'
import { fillIn } from './fill-in'
import { authorize, choose } from './visitor'

/** A mistake of the owner, or a failure of HubSpot, that a save must explain. */
export type WrongSetting = {
  what: string
  wrong: (stack: Stack) => void | Promise<void>
  /** Authorizes the installation first. */
  connected?: true
  /** Runs during the save; the result undoes it. */
  meanwhile?: (stack: Stack) => Promise<() => void>
}

const NEW_CHANNEL: Target = { method: 'POST', path: CHANNELS.path }
const NEW_ACCOUNT: Target = { method: 'POST', path: /\/channel-accounts$/ }
const ALL: Target = { method: 'GET', path: /./ }

const withToken = (stack: Stack, changed: Record<string, unknown> = {}): void =>
  fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(), inboxId: '481939', ...changed })

export const WRONG_SETTINGS: WrongSetting[] = [
  {
    what: "Three of the app's four fields are empty",
    wrong: (stack) => fillIn(stack, { developerApiKey: ' ', appId: '', clientId: null }),
  },
  { what: 'Developer API Key is empty', wrong: (stack) => fillIn(stack, { developerApiKey: ' ' }) },
  { what: 'App ID is empty', wrong: (stack) => fillIn(stack, { appId: ' ' }) },
  { what: 'Client ID is empty', wrong: (stack) => fillIn(stack, { clientId: '\n' }) },
  { what: 'Client Secret is empty', wrong: (stack) => fillIn(stack, { clientSecret: ' ' }) },
  {
    what: 'App ID belongs to another app, or Developer API Key to another account',
    wrong: (stack) => fillIn(stack, { appId: '99999' }),
  },
  { what: 'Client ID belongs to no app', wrong: (stack) => fillIn(stack, { clientId: 'not-it' }) },
  { what: 'Client Secret belongs to another app', wrong: (stack) => fillIn(stack, { clientSecret: 'not-it' }) },
  {
    what: 'Refresh Token is cut off or belongs to another app',
    wrong: (stack) => withToken(stack, { refreshToken: 'na1-0000' }),
  },
  {
    what: 'Refresh Token was issued without all required scopes',
    wrong: (stack) =>
      withToken(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(['oauth', 'conversations.read']) }),
  },
  {
    what: 'Refresh Token belongs to a different account than HubSpot Account ID',
    wrong: (stack) => withToken(stack, { portalId: '777' }),
  },
  { what: 'HubSpot Account ID is a name', wrong: (stack) => withToken(stack, { portalId: 'Example Company' }) },
  {
    what: 'More Inbox or Help Desk IDs is filled in, but Inbox or Help Desk ID is empty',
    wrong: (stack) => withToken(stack, { inboxId: '', additionalInboxIds: ['481940'] }),
  },
  {
    what: 'Inbox or Help Desk ID belongs to another account',
    wrong: (stack) => withToken(stack, { inboxId: '99999' }),
  },
  {
    what: 'More Inbox or Help Desk IDs names an inbox of another account',
    wrong: (stack) => withToken(stack, { additionalInboxIds: ['481940', '99999'] }),
  },
  {
    what: 'Refresh Token is filled in, Inbox or Help Desk ID is empty, and the account has several',
    wrong: (stack) => withToken(stack, { inboxId: '' }),
  },
  {
    what: 'The account has no inbox and no help desk',
    wrong: (stack) => {
      withToken(stack)
      answersNoInbox(stack)
    },
  },
  {
    what: 'The connection was removed in HubSpot',
    connected: true,
    wrong: (stack) => stack.hubspot.tokens.revokeRefreshToken(refreshTokenOf(stack)),
  },
  {
    what: 'An inbox chosen while authorizing was deleted',
    connected: true,
    wrong: (stack) => answersNoInbox(stack, '481940'),
  },
  {
    what: "The account's plan has no custom channels",
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.switches.acceptsCustomChannels = false
    },
  },
  {
    what: 'The app has reached its channel limit',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.switches.channelLimit = 0
    },
  },
  {
    what: 'HubSpot takes long to show the new channel',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.switches.channelVisibleAfterMs = 3_600_000
    },
    meanwhile: waitForTheChannel,
  },
  {
    what: 'Another save has connected the inbox, and HubSpot does not show that yet',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(NEW_ACCOUNT, status(409))
    },
  },
  {
    what: 'A scope was removed from the app after it was connected',
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(403, {}, SCOPE_TAKEN))
    },
  },
  {
    what: "HubSpot's API limit is reached",
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(429, {}, DAILY))
    },
  },
  {
    what: 'HubSpot is down',
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
    what: "HubSpot's response cannot be read",
    wrong: (stack) => {
      withToken(stack)
      stack.hubspot.faults = allCalls(INBOXES, status(200, {}, { total: 0, results: null }))
    },
  },
  {
    what: "HubSpot's response has an unexpected status",
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

/** Authorizes and chooses both, with the help desk as the default. */
export async function connectBoth(stack: Stack): Promise<void> {
  await stack.botpress.register()
  const done = await choose(await authorize(stack), ['481940', '481939'])
  if (done.title !== 'Connected') throw new Error(done.text)
}

const refreshTokenOf = ({ botpress }: Stack): string =>
  String(botpress.states.find(({ name }) => name === 'tokens')?.payload['refreshToken'])

/** HubSpot lists every inbox except this one, or none at all. */
function answersNoInbox({ hubspot }: Stack, but?: string): void {
  const results = but === undefined ? [] : hubspot.inboxes.filter(({ id }) => id !== but)
  hubspot.faults = allCalls(INBOXES, status(200, {}, { total: results.length, results }))
}

/** Waits until the integration polls for its new channel, then moves the clock past its timeout. */
async function waitForTheChannel({ hubspot }: Stack): Promise<() => void> {
  const isPolling = () => {
    const { calls } = hubspot.log
    const registered = calls.findIndex(isCallOf(NEW_CHANNEL))
    return registered !== -1 && calls.slice(registered).some(isCallOf(CHANNELS))
  }
  await vi.waitUntil(isPolling, { timeout: 20_000 })
  return clockAhead(60_000)
}
