import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startHubSpot, type HubSpot } from '../index'
import { testClient, type TestClient } from '../testing'

let hubspot: HubSpot
let client: TestClient
beforeEach(async () => {
  hubspot = await startHubSpot()
  client = await testClient(hubspot)
})
afterEach(async () => hubspot.close())

const inboxes = '/conversations/v3/conversations/inboxes'

describe('faults', () => {
  it('include the limit of calls in ten seconds, which each account has for itself', async () => {
    hubspot.switches.callsInTenSeconds = 2
    const other = await testClient(hubspot, undefined, 243842777)
    const statuses = []
    for (const { api } of [client, client, client, other]) statuses.push((await api('GET', inboxes)).status)
    expect(statuses).toEqual([200, 200, 429, 200])
  })

  it('look like HubSpot’s own, with Retry-After only when switched so', async () => {
    hubspot.faults = () => ({ kind: 'status', status: 429 })
    const first = await client.api('GET', inboxes)
    expect(first.body).toMatchObject({ errorType: 'RATE_LIMIT', policyName: 'TEN_SECONDLY_ROLLING' })
    expect(first.headers.get('retry-after')).toBeNull()
    hubspot.switches.retryAfterHeader = 2
    expect((await client.api('GET', inboxes)).headers.get('retry-after')).toBe('2')
    hubspot.faults = () => ({ kind: 'status', status: 503 })
    expect((await client.api('GET', inboxes)).body).toMatchObject({
      status: 'error',
      correlationId: expect.any(String),
    })
    hubspot.faults = undefined
    expect((await client.api('GET', inboxes)).status).toBe(200)
  })

  it('are logged like every other call, and slow answers are slow', async () => {
    hubspot.log.clear()
    hubspot.faults = () => ({ kind: 'answerLost' })
    await expect(client.api('GET', inboxes)).rejects.toThrow('fetch failed')
    hubspot.faults = undefined
    hubspot.switches.latencyMs = 30
    await client.api('GET', inboxes)
    expect(hubspot.log.calls).toMatchObject([
      { path: inboxes, status: 0 },
      { path: inboxes, status: 200 },
    ])
    expect(hubspot.log.calls[1]?.durationMs).toBeGreaterThanOrEqual(25)
  })

  it('leave unknown paths unknown', async () => {
    expect(await client.api('GET', '/conversations/v9/inboxes')).toMatchObject({
      status: 404,
      body: { message: 'resource not found' },
    })
  })
})
