import { afterEach, describe, expect, it } from 'vitest'
import { installToy, type Toy } from './testing/toy-integration'

let toy: Toy
afterEach(async () => toy.close())

describe('the webhook gateway', () => {
  it('passes method, path, query, headers and the raw body on', async () => {
    toy = await installToy()
    const body = '{"name": "Zoë 🌍",\n "n": 1.0}'
    await fetch(`${toy.botpress.webhookUrl}/oauth/a%20b?code=x%2Fy&a=1&a=2`, {
      method: 'PUT',
      headers: { 'X-HubSpot-Signature-v3': 'abc=' },
      body,
    })
    expect(toy.requests).toMatchObject([
      {
        method: 'PUT',
        path: '/oauth/a%20b',
        query: 'code=x%2Fy&a=1&a=2',
        headers: { 'x-hubspot-signature-v3': 'abc=' },
        body,
      },
    ])
  })

  it('gives an empty path and query for the bare address, and no body for a GET', async () => {
    toy = await installToy()
    const answer = await fetch(toy.botpress.webhookUrl)
    expect(answer.status).toBe(200)
    expect(toy.requests).toMatchObject([{ method: 'GET', path: '', query: '' }])
    expect(toy.requests[0]).not.toHaveProperty('body')
  })

  it('answers with what the integration returned', async () => {
    toy = await installToy({
      handler: async () => ({ status: 302, headers: { location: 'https://x.test/', 'x-mine': '1' }, body: '<p>é</p>' }),
    })
    const answer = await fetch(toy.botpress.webhookUrl, { redirect: 'manual' })
    expect(answer.status).toBe(302)
    expect([answer.headers.get('location'), answer.headers.get('x-mine')]).toEqual(['https://x.test/', '1'])
    expect(await answer.text()).toBe('<p>é</p>')
  })

  it('passes what comes to the shared address for authorizing to the installation that state names', async () => {
    toy = await installToy()
    const { webhookBase, webhookId } = toy.botpress
    await fetch(`${webhookBase}/oauth?code=abc&state=${webhookId}`)
    await fetch(`${webhookBase}/oauth/wizard/start?state=${webhookId}`)
    expect(toy.requests).toMatchObject([
      { method: 'GET', path: '/oauth', query: `code=abc&state=${webhookId}` },
      { method: 'GET', path: '/oauth/wizard/start', query: `state=${webhookId}` },
    ])
    for (const lost of ['oauth', 'oauth?state=other', `oauthx?state=${webhookId}`]) {
      expect((await fetch(`${webhookBase}/${lost}`)).status).toBe(404)
    }
    expect(toy.requests).toHaveLength(2)
  })

  it('passes to a disabled installation only what comes to the shared address', async () => {
    toy = await installToy()
    const { botpress } = toy
    botpress.isEnabled = false
    expect((await fetch(botpress.webhookUrl, { method: 'POST' })).status).toBe(403)
    expect((await fetch(`${botpress.webhookUrl}/oauth`)).status).toBe(403)
    expect(toy.requests).toEqual([])
    expect((await fetch(`${botpress.webhookBase}/oauth?state=${botpress.webhookId}`)).status).toBe(200)
    await botpress.register()
    expect((await fetch(botpress.webhookUrl, { method: 'POST' })).status).toBe(200)
  })

  it('knows no other webhooks', async () => {
    toy = await installToy()
    expect((await fetch(`${toy.botpress.webhookBase}/other`, { method: 'POST' })).status).toBe(404)
    expect((await fetch(`${toy.botpress.webhookUrl}x`, { method: 'POST' })).status).toBe(404)
    expect(toy.requests).toEqual([])
  })
})
