import { describe, expect, it } from 'vitest'
import { consentAddress } from './oauth'
import { REQUIRED_SCOPES } from './scopes'

const ask = { clientId: 'an id', redirectUri: 'https://webhook.botpress.cloud/01ARZ', state: 'a.b-c' }

describe('the address of the consent page', () => {
  it('asks for the required scopes, separated as HubSpot writes them', () => {
    const address = consentAddress('https://app.hubspot.com', { ...ask, mayCreateContacts: false })
    expect(address).toBe(
      `https://app.hubspot.com/oauth/authorize?client_id=an%20id&redirect_uri=https%3A%2F%2Fwebhook.botpress.cloud%2F01ARZ&scope=${REQUIRED_SCOPES.join('%20')}&state=a.b-c`,
    )
  })

  it('asks for the right to create contacts only where the owner wants it, and as an optional one', () => {
    const { searchParams } = new URL(consentAddress('https://app.hubspot.com', { ...ask, mayCreateContacts: true }))
    expect(searchParams.get('optional_scope')).toBe('crm.objects.contacts.write')
    expect(searchParams.get('scope')?.split(' ')).toEqual([...REQUIRED_SCOPES])
  })
})
