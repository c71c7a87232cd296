import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { realSettings, variablesNamedIn } from './settings'
import { VARIABLES } from './variables'

const complete = {
  SANDBOX_PUBLIC_URL: 'https://tunnel.example.com',
  HUBSPOT_DEVELOPER_API_KEY: 'key',
  HUBSPOT_APP_ID: '1160452',
  HUBSPOT_CLIENT_ID: 'client',
  HUBSPOT_CLIENT_SECRET: 'secret',
}

/** The reported problems, without their remedies. */
function problemsOf(environment: Record<string, string>): string[] {
  try {
    realSettings(environment)
    return []
  } catch (thrown) {
    const told = thrown instanceof Error ? thrown.message : ''
    return [...told.matchAll(/^ {2}(\w.+)\.$/gm)].map(([, problem]) => problem ?? '')
  }
}

describe('a HubSpot account in the environment', () => {
  it('is undefined if no variable is set', () => {
    expect(realSettings({})).toBeUndefined()
    expect(realSettings({ PATH: '/bin', PORT: '4000', HUBSPOT_SPECS_DIR: '../specs' })).toBeUndefined()
    expect(realSettings({ HUBSPOT_APP_ID: ' ', HUBSPOT_API_URL: 'https://api.hubapi.com' })).toBeUndefined()
  })

  it('is complete without variables that have a default or can be chosen later', () => {
    expect(realSettings(complete)).toEqual({
      apiUrl: 'https://api.hubapi.com',
      appUrl: 'https://app.hubspot.com',
      apiFamily: 'v3',
      publicUrl: 'https://tunnel.example.com',
      publicPort: 4010,
      configuration: { developerApiKey: 'key', appId: '1160452', clientId: 'client', clientSecret: 'secret' },
    })
  })

  it('uses every variable, without surrounding whitespace and trailing slashes', () => {
    const all = {
      ...complete,
      SANDBOX_PUBLIC_URL: ' https://tunnel.example.com/ ',
      SANDBOX_PUBLIC_PORT: '4711',
      HUBSPOT_REFRESH_TOKEN: 'na1-1\n',
      HUBSPOT_INBOX_ID: '481939',
      HUBSPOT_API_FAMILY: 'dated',
    }
    expect(realSettings(all)).toMatchObject({
      publicUrl: 'https://tunnel.example.com',
      publicPort: 4711,
      apiFamily: 'dated',
      configuration: { refreshToken: 'na1-1', inboxId: '481939' },
    })
  })

  it('causes an error that lists every missing variable, each with what to do', () => {
    expect(() => realSettings({ HUBSPOT_INBOX_ID: '481939' })).toThrow(
      `To use a HubSpot account, set in .env:

  SANDBOX_PUBLIC_URL is missing.
    Set it to the https address of a tunnel to http://127.0.0.1:4010, such as https://tunnel.example.com.
  HUBSPOT_DEVELOPER_API_KEY is missing.
    Copy it in HubSpot from Development > Keys.
  HUBSPOT_APP_ID is missing.
    Copy the App ID that "node botpress-inbox.mjs" printed. It is not the Project ID.
  HUBSPOT_CLIENT_ID is missing.
    Copy it in HubSpot from the Auth tab of your app.
  HUBSPOT_CLIENT_SECRET is missing.
    Copy it in HubSpot from the Auth tab of your app.
`,
    )
  })

  it.each(Object.keys(complete))('is not complete without %s', (name) => {
    expect(problemsOf({ ...complete, [name]: '' })).toEqual([`${name} is missing`])
  })

  it.each([
    ['SANDBOX_PUBLIC_URL', 'tunnel.example.com', 'is "tunnel.example.com", which is not a URL'],
    ['SANDBOX_PUBLIC_URL', 'http://tunnel.example.com', 'is "http://tunnel.example.com", but HubSpot only calls https'],
    ['SANDBOX_PUBLIC_URL', 'https://t.example.com/hook', 'is "https://t.example.com/hook", which has more than a host'],
    ['SANDBOX_PUBLIC_URL', 'https://localhost:4010', 'is "https://localhost:4010", which HubSpot cannot reach'],
    ['SANDBOX_PUBLIC_URL', 'https://me:pw@t.example.com', 'contains a user name or password'],
    ['SANDBOX_PUBLIC_PORT', '70000', 'is "70000", which is not a port number'],
    ['SANDBOX_PUBLIC_PORT', '4000', "is 4000, the page's own port, which must not be exposed"],
    ['HUBSPOT_APP_ID', 'app-1', 'is "app-1", which is not a number'],
    ['HUBSPOT_INBOX_ID', 'Sales', 'is "Sales", which is not a number'],
    ['HUBSPOT_API_URL', 'api.hubapi.com', 'is "api.hubapi.com", which is not a URL'],
    ['HUBSPOT_API_FAMILY', 'v4', 'is "v4"'],
    ['HUBSPOT_CLIENT_SECRET', 'two words', 'contains whitespace'],
    ['HUBSPOT_DEVELOPER_API_KEY', 'two words', 'contains whitespace'],
    ['HUBSPOT_REFRESH_TOKEN', 'two words', 'contains whitespace'],
  ])('causes an error if %s is "%s"', (name, value, problem) => {
    expect(problemsOf({ ...complete, [name]: value })).toEqual([`${name} ${problem}`])
  })

  it('can use http on this machine if its HubSpot runs here too', () => {
    const settings = { ...complete, SANDBOX_PUBLIC_URL: 'http://127.0.0.1:4010', HUBSPOT_API_URL: 'http://127.0.0.1:9' }
    expect(problemsOf(settings)).toEqual([])
    expect(problemsOf({ ...settings, HUBSPOT_API_URL: 'https://api.hubapi.com' })).toHaveLength(1)
  })

  it('maps the fields that a refusal names to their variables', () => {
    const titles: Record<string, string> = { clientId: 'Client ID', clientSecret: 'Client Secret' }
    const refusal = '"Client Secret" does not match "Client ID".'
    expect(variablesNamedIn(refusal, (field) => titles[field] ?? field)).toEqual([
      '"Client ID" is HUBSPOT_CLIENT_ID in .env.',
      '"Client Secret" is HUBSPOT_CLIENT_SECRET in .env.',
    ])
  })

  it('has every variable in .env.example, with a valid value', () => {
    const example = readFileSync('.env.example', 'utf8')
    const values = Object.fromEntries(
      [...example.matchAll(/^(?:# )?([A-Z_]+)=(.+)$/gm)].map(([, name = '', value]) => [name, value]),
    )
    expect(Object.keys(values)).toEqual(expect.arrayContaining(VARIABLES.map(({ name }) => name)))
    expect(realSettings(values)).toMatchObject({ publicPort: 4010, apiUrl: 'https://api.hubapi.com' })
  })
})
