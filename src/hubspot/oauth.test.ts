import { afterEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../../sandbox/hubspot'
import { consentAddress } from './oauth'
import { OPTIONAL_SCOPES, REQUIRED_SCOPES, SCOPE_VARIANTS } from './scopes'

const ask = { clientId: 'an id', redirectUri: 'https://webhook.botpress.cloud/oauth', state: 'a.b-c' }

describe('the address of the consent page', () => {
  it('asks for the required scopes, separated as HubSpot writes them', () => {
    const address = consentAddress('https://app.hubspot.com', { ...ask, scopes: 'required' })
    expect(address).toBe(
      `https://app.hubspot.com/oauth/authorize?client_id=an%20id&redirect_uri=https%3A%2F%2Fwebhook.botpress.cloud%2Foauth&scope=${REQUIRED_SCOPES.join('%20')}&state=a.b-c`,
    )
  })

  it('asks for the optional scopes apart from the others', () => {
    const { searchParams } = new URL(consentAddress('https://app.hubspot.com', { ...ask, scopes: 'all' }))
    expect(searchParams.get('scope')?.split(' ')).toEqual([...REQUIRED_SCOPES])
    expect(searchParams.get('optional_scope')?.split(' ')).toEqual([...OPTIONAL_SCOPES])
  })
})

describe('HubSpot lets through, of an app', () => {
  let hubspot: HubSpot
  afterEach(async () => hubspot.close())

  const lists = async (requiredScopes: string[], optionalScopes: string[]): Promise<void> => {
    hubspot = await startHubSpot({ requiredScopes, optionalScopes, redirectUrls: [ask.redirectUri] })
  }

  /** The variants whose link is not refused. */
  async function accepted(): Promise<string[]> {
    const { clientId } = hubspot.app
    const answers = await Promise.all(
      SCOPE_VARIANTS.map((scopes) =>
        fetch(consentAddress(hubspot.url, { ...ask, clientId, scopes }), { redirect: 'manual' }),
      ),
    )
    return SCOPE_VARIANTS.filter((_variant, index) => answers[index]?.headers.get('location')?.includes('code='))
  }

  const legacy = [...REQUIRED_SCOPES.filter((scope) => !scope.startsWith('files.')), 'files']

  it('made for this integration: the link with everything, and the one without optional scopes', async () => {
    await lists([...REQUIRED_SCOPES], [...OPTIONAL_SCOPES])
    expect(await accepted()).toEqual(['all', 'required'])
  })

  it('that lacks an optional scope: the link without optional scopes', async () => {
    await lists([...REQUIRED_SCOPES], OPTIONAL_SCOPES.slice(1))
    expect(await accepted()).toEqual(['required'])
  })

  it('made for an older integration: the link with files as one scope', async () => {
    await lists(legacy, [])
    expect(await accepted()).toEqual(['legacy'])
  })
})
