import { portNumber } from '../http/port'

/** The variables that are set to a non-empty value. */
export type Values = Readonly<Record<string, string | undefined>>

type Variable = {
  name: string
  /** The configuration field that it fills in. */
  field?: string
  /** `always`: required for an account. `never`: has a default, so setting it does not select an account. */
  asked: 'always' | 'ifWanted' | 'never'
  remedy: string
  /** What is wrong with a value, as the end of a sentence. It must not repeat a secret. */
  mistake?: (value: string, values: Values) => string | undefined
}

export const DEFAULT_PUBLIC_PORT = '4010'

const KEYS = 'Copy it in HubSpot from Development > Keys.'
const AUTH = 'Copy it in HubSpot from the Auth tab of your app.'

/** The variables in `.env.example` for a real HubSpot account, in the same order. */
export const VARIABLES: readonly Variable[] = [
  {
    name: 'SANDBOX_PUBLIC_URL',
    asked: 'always',
    remedy: `Set it to the https address of a tunnel to http://127.0.0.1:${DEFAULT_PUBLIC_PORT}, such as https://tunnel.example.com.`,
    mistake: (value, values) => addressMistake(value) ?? unreachable(value, values),
  },
  {
    name: 'SANDBOX_PUBLIC_PORT',
    asked: 'never',
    remedy: `Choose a free port from 1 to 65535, such as ${DEFAULT_PUBLIC_PORT}, and point the tunnel at it.`,
    mistake: (value, { PORT }) => {
      if (!portNumber(value)) return `is "${value}", which is not a port number`
      return value === (PORT ?? '4000') ? `is ${value}, the page's own port, which must not be exposed` : undefined
    },
  },
  { name: 'HUBSPOT_DEVELOPER_API_KEY', field: 'developerApiKey', asked: 'always', remedy: KEYS, mistake: blanks },
  {
    name: 'HUBSPOT_APP_ID',
    field: 'appId',
    asked: 'always',
    remedy: `Copy the App ID that "node botpress-inbox.mjs" printed. It is not the Project ID.`,
    mistake: noNumber,
  },
  { name: 'HUBSPOT_CLIENT_ID', field: 'clientId', asked: 'always', remedy: AUTH, mistake: blanks },
  { name: 'HUBSPOT_CLIENT_SECRET', field: 'clientSecret', asked: 'always', remedy: AUTH, mistake: blanks },
  {
    name: 'HUBSPOT_REFRESH_TOKEN',
    field: 'refreshToken',
    asked: 'ifWanted',
    remedy: 'Remove it and authorize with a click instead.',
    mistake: blanks,
  },
  {
    name: 'HUBSPOT_INBOX_ID',
    field: 'inboxId',
    asked: 'ifWanted',
    remedy: 'Remove it and choose from a list while authorizing.',
    mistake: noNumber,
  },
  {
    name: 'HUBSPOT_API_URL',
    asked: 'never',
    remedy: 'Remove it to use the default, https://api.hubapi.com.',
    mistake: addressMistake,
  },
  {
    name: 'HUBSPOT_APP_URL',
    asked: 'never',
    remedy: 'Remove it to use the default, https://app.hubspot.com.',
    mistake: addressMistake,
  },
  {
    name: 'HUBSPOT_API_FAMILY',
    asked: 'never',
    remedy: 'Choose v3 or dated.',
    mistake: (value) => (['v3', 'dated'].includes(value) ? undefined : `is "${value}"`),
  },
]

function blanks(value: string): string | undefined {
  return /\s/.test(value) ? 'contains whitespace' : undefined
}

function noNumber(value: string): string | undefined {
  return /^\d+$/.test(value) ? undefined : `is "${value}", which is not a number`
}

function addressMistake(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return `is "${value}", which is not a URL`
  if (url.username !== '' || url.password !== '') return 'contains a user name or password'
  return url.pathname === '/' && url.search === '' && url.hash === ''
    ? undefined
    : `is "${value}", which has more than a host`
}

/** If HubSpot's stand-in runs on this machine, it can call this machine, even over http. */
function unreachable(value: string, { HUBSPOT_API_URL: apiUrl }: Values): string | undefined {
  const { hostname, protocol } = new URL(value)
  if (apiUrl !== undefined && URL.canParse(apiUrl) && isThisMachine(new URL(apiUrl).hostname)) return undefined
  if (isThisMachine(hostname)) return `is "${value}", which HubSpot cannot reach`
  return protocol === 'https:' ? undefined : `is "${value}", but HubSpot only calls https`
}

const isThisMachine = (hostname: string): boolean =>
  /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|localhost|.*\.localhost)$/.test(hostname)
