import { RuntimeError } from '@botpress/sdk'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { errorFromAnswer, HubSpotError } from '../hubspot/errors'
import { REQUIRED_SCOPES } from '../hubspot/scopes'
import { assertScopes, explainSetup } from './explain-setup'

type Step = Parameters<typeof explainSetup>[0]

const OWN_APP = { developerApiKey: 'k', appId: '1', clientId: 'c', clientSecret: 's' }
const installation = { webhookId: 'w-1', configuration: OWN_APP }

afterEach(() => vi.unstubAllEnvs())

/** What the owner reads when that step fails. */
async function told(step: Step, error: Error, of = installation): Promise<string> {
  const thrown: unknown = await explainSetup(step, of, () => Promise.reject(error)).catch((reason: unknown) => reason)
  return thrown instanceof RuntimeError && thrown.error === error ? thrown.message : `${String(thrown)}, unexplained`
}
const answer = (status: number, category?: string) =>
  errorFromAnswer(status, { 'x-hubspot-correlation-id': 'c-1' }, { status: 'error', category })
const silence = new HubSpotError('HubSpot did not answer', { kind: 'unavailable' })

const KEY = '"Developer API Key" and "App ID" do not match. Copy the key'
const REFUSED_KEY = /^HubSpot refused "Developer API Key" or "App ID" \(.*correlation id c-1\)\. Copy the key/
const NOT_IN_PLAN = 'This HubSpot account is not allowed to use custom channels (status 403, '
const FULL = 'HubSpot refused to register another channel for the app (status 400, '
const ANOTHER_SAVE = 'HubSpot has not finished another save of this integration (status 409, '
const OTHERWISE = 'This integration could not be connected to HubSpot: '
const SECRET = '"Client Secret" does not match "Client ID". Copy "Client ID" and "Client Secret" from the Auth tab'
const TOKEN = '"Refresh Token" is wrong, has been revoked or belongs to another app.'
const REVOKED = `${OTHERWISE}HubSpot no longer accepts the connection.`
const REFUSED = `${OTHERWISE}HubSpot refused the request (`
const DOWN = `${OTHERWISE}HubSpot did not respond`

describe('a setup that HubSpot ends', () => {
  it.each<[Step, Error, string | RegExp]>([
    ['tokens', answer(400, 'BAD_CLIENT_ID'), 'No HubSpot app has this "Client ID". Copy "Client ID"'],
    ['tokens', answer(400, 'BAD_CLIENT_SECRET'), SECRET],
    ['tokens', answer(400, 'invalid_client'), SECRET],
    ['tokens', answer(400, 'MISMATCH_REDIRECT_URI_AUTH_CODE'), /redirect URL\. Enter exactly https:\S+\/oauth as/],
    ['tokens', answer(400, 'bad_redirect_uri'), /^The HubSpot app has a different redirect URL\./],
    ['tokens', answer(400, 'BAD_REFRESH_TOKEN'), TOKEN],
    ['tokens', answer(401), TOKEN],
    ['tokens', answer(400, 'BAD_REQUEST'), REFUSED],
    ['tokens', answer(403), REFUSED],
    ['inboxes', answer(401), REVOKED],
    ['accounts', answer(401), REVOKED],
    ['channels', answer(401), KEY],
    ['newChannel', answer(401), KEY],
    ['channels', answer(400), REFUSED_KEY],
    ['channels', answer(403), REFUSED_KEY],
    ['channels', answer(404), REFUSED_KEY],
    ['channels', answer(409), REFUSED_KEY],
    ['channels', answer(403, 'MISSING_SCOPES'), REFUSED_KEY],
    ['channels', answer(429), `${OTHERWISE}HubSpot's API limit was reached.`],
    ['channels', answer(408), DOWN],
    ['channels', answer(500), DOWN],
    ['channels', silence, DOWN],
    ['channels', answer(302), `${OTHERWISE}HubSpot refused the request (status 302, `],
    ['newChannel', answer(403), NOT_IN_PLAN],
    ['accounts', answer(403), NOT_IN_PLAN],
    ['newChannel', answer(403, 'CustomChannelsError.CAPABILITY'), NOT_IN_PLAN],
    ['newChannel', answer(403, 'MISSING_SCOPES'), `${OTHERWISE}HubSpot has not granted `],
    ['inboxes', answer(403), REFUSED],
    ['newChannel', answer(400), FULL],
    ['newChannel', answer(400, 'CustomChannelsError.CAPABILITY_IS_UNKNOWN'), REFUSED],
    ['newChannel', answer(400, 'capability'), REFUSED],
    ['accounts', answer(400), REFUSED],
    ['newChannel', answer(409), ANOTHER_SAVE],
    ['accounts', answer(409), ANOTHER_SAVE],
    ['newChannel', answer(404), `${OTHERWISE}something it needs no longer exists in HubSpot.`],
  ])('blames what can be at fault in the step "%s" (%s): %s', async (step, error, sentence) => {
    expect(await told(step, error)).toMatch(sentence)
  })

  it.each<[Step, Error, boolean]>([
    ['tokens', answer(400, 'BAD_CLIENT_SECRET'), true],
    ['tokens', answer(400, 'BAD_REFRESH_TOKEN'), true],
    ['tokens', answer(400, 'BAD_REQUEST'), false],
    ['channels', answer(401), true],
    ['channels', answer(404), true],
    ['channels', answer(429), false],
    ['channels', answer(500), false],
    ['newChannel', answer(400), true],
    ['newChannel', answer(302), false],
    ['inboxes', answer(401), false],
    ['accounts', answer(403), false],
  ])('blames the publisher\'s app for what its owner alone can correct, in the step "%s": %s, %s', async (...given) => {
    const [step, error, isBlamed] = given
    for (const name of ['APP_ID', 'CLIENT_ID', 'CLIENT_SECRET', 'CHANNEL_ID']) vi.stubEnv(`SECRET_HUBSPOT_${name}`, '1')
    const emptied = { developerApiKey: '', appId: '', clientId: '', clientSecret: '' }
    const words = await told(step, error, { ...installation, configuration: emptied })
    expect(words.startsWith("HubSpot refused the app of this integration's publisher (")).toBe(isBlamed)
    expect(await told(step, error)).not.toContain('publisher')
  })

  it('leaves a failure of its own alone', async () => {
    const failure = new TypeError('ours')
    await expect(explainSetup('accounts', installation, () => Promise.reject(failure))).rejects.toBe(failure)
    expect(await explainSetup('accounts', installation, async () => 7)).toBe(7)
  })
})

describe('the scopes that an account has granted', () => {
  it('must include every required one, if HubSpot lists any', () => {
    const [first, second, ...others] = REQUIRED_SCOPES
    const own = { isShared: false }
    expect(() => assertScopes([], own)).not.toThrow()
    expect(() => assertScopes(REQUIRED_SCOPES, own)).not.toThrow()
    expect(() => assertScopes(others, own)).toThrow(`The HubSpot app lacks the scopes ${first}, ${second}. Add them`)
    expect(() => assertScopes(others, { isShared: true })).toThrow(
      `HubSpot has not granted the scopes ${first}, ${second}. Click Authorize and approve all of them.`,
    )
  })
})
