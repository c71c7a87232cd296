import { portNumber } from '../http/port'

/** What is set of the variables, without what is empty. */
export type Values = Readonly<Record<string, string | undefined>>

type Variable = {
  name: string
  /** The field of the configuration that it fills in. */
  field?: string
  /** Without those that are `always` asked there is no account; `never` ones have a default. */
  asked: 'always' | 'ifWanted' | 'never'
  remedy: string
  /** What is wrong with a value, as the end of a sentence; no secret is repeated in it. */
  mistake?: (value: string, values: Values) => string | undefined
}

export const DEFAULT_PUBLIC_PORT = '4010'

const KEYS = 'Copy it in HubSpot from Development > Keys.'
const AUTH = 'Copy it in HubSpot from the Auth tab of your app.'

/** Those of `.env.example` that a real HubSpot account is reached by, in its order. */
export const VARIABLES: readonly Variable[] = [
  {
    name: 'SANDBOX_PUBLIC_URL',
    asked: 'always',
    remedy: `It is the https address of a tunnel to http://127.0.0.1:${DEFAULT_PUBLIC_PORT}, such as https://tunnel.example.com.`,
    mistake: (value, values) => addressMistake(value) ?? unreachable(value, values),
  },
  {
    name: 'SANDBOX_PUBLIC_PORT',
    asked: 'never',
    remedy: `Choose one from 1 to 65535 that nothing else uses, such as ${DEFAULT_PUBLIC_PORT}, and let the tunnel lead there.`,
    mistake: (value, { PORT }) => {
      if (!portNumber(value)) return `is "${value}", which is no port number`
      return value === (PORT ?? '4000') ? `is ${value}, where the page is, which nobody else may reach` : undefined
    },
  },
  { name: 'HUBSPOT_DEVELOPER_API_KEY', field: 'developerApiKey', asked: 'always', remedy: KEYS, mistake: blanks },
  {
    name: 'HUBSPOT_APP_ID',
    field: 'appId',
    asked: 'always',
    remedy: `It is the number that "hs project info" prints in the app's folder.`,
    mistake: noNumber,
  },
  { name: 'HUBSPOT_CLIENT_ID', field: 'clientId', asked: 'always', remedy: AUTH, mistake: blanks },
  { name: 'HUBSPOT_CLIENT_SECRET', field: 'clientSecret', asked: 'always', remedy: AUTH, mistake: blanks },
  {
    name: 'HUBSPOT_REFRESH_TOKEN',
    field: 'refreshToken',
    asked: 'ifWanted',
    remedy: 'Leave it out and authorize with a click instead.',
    mistake: blanks,
  },
  {
    name: 'HUBSPOT_INBOX_ID',
    field: 'inboxId',
    asked: 'ifWanted',
    remedy: 'Leave it out and choose from a list while authorizing.',
    mistake: noNumber,
  },
  {
    name: 'HUBSPOT_API_URL',
    asked: 'never',
    remedy: 'Leave it out: it is https://api.hubapi.com then.',
    mistake: addressMistake,
  },
  {
    name: 'HUBSPOT_APP_URL',
    asked: 'never',
    remedy: 'Leave it out: it is https://app.hubspot.com then.',
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
  return /\s/.test(value) ? 'has blanks in it' : undefined
}

function noNumber(value: string): string | undefined {
  return /^\d+$/.test(value) ? undefined : `is "${value}", which is no number`
}

function addressMistake(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return `is "${value}", which is no address`
  if (url.username !== '' || url.password !== '') return 'has a user name or password in it'
  return url.pathname === '/' && url.search === '' && url.hash === ''
    ? undefined
    : `is "${value}", which goes on after the host`
}

/** A stand-in of HubSpot that runs here as well may call this machine, by http too. */
function unreachable(value: string, { HUBSPOT_API_URL: apiUrl }: Values): string | undefined {
  const { hostname, protocol } = new URL(value)
  if (apiUrl !== undefined && URL.canParse(apiUrl) && isThisMachine(new URL(apiUrl).hostname)) return undefined
  if (isThisMachine(hostname)) return `is "${value}", which HubSpot cannot reach`
  return protocol === 'https:' ? undefined : `is "${value}", and HubSpot calls nothing but https`
}

const isThisMachine = (hostname: string): boolean =>
  /^(127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[::1?\]|localhost|.*\.localhost)$/.test(hostname)
