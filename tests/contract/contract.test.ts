import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call } from '../../sandbox/http/call-log'
import { startHubSpot, type HubSpot } from '../../sandbox/hubspot'
import type { Shape } from '../../sandbox/hubspot/shapes/shape'
import { testClient } from '../../sandbox/hubspot/testing'
import { driveEverything } from './drive'
import { families, versionThree, type Family } from './families'
import { loadSpecs, specsFolder } from './openapi'

const specs = loadSpecs()
if (specs === undefined) process.stdout.write(`Contract tests skipped: no OpenAPI descriptions in ${specsFolder}\n`)

let hubspot: HubSpot
beforeEach(async () => {
  hubspot = await startHubSpot()
})
afterEach(async () => hubspot.close())

const violationsOf = (calls: readonly Call[]) => calls.flatMap((call) => specs?.violations(call) ?? ['no specs'])

describe.skipIf(specs === undefined)("HubSpot's stand-in", () => {
  it.each(Object.entries(families))('matches HubSpot’s API descriptions: %s', async (_name, family) => {
    await driveEverything(hubspot, family)
    expect(violationsOf(hubspot.log.calls)).toEqual([])
    const statuses = new Set(hubspot.log.calls.map(({ status }) => status))
    expect([...statuses].sort((a, b) => a - b)).toEqual(
      expect.arrayContaining([200, 201, 204, 400, 401, 404, 409, 429, 503]),
    )
  })
})

describe.skipIf(specs === undefined)('the HubSpot stand-in, told to answer in another way', () => {
  const driven = async (family: Family, answers: Shape): Promise<string[]> => {
    hubspot.switches.answers = answers
    await driveEverything(hubspot, family)
    return violationsOf(hubspot.log.calls)
  }

  it.each(Object.entries(families))(
    'leaves out what HubSpot’s descriptions do not require, and nothing else: %s',
    async (_name, family) => {
      expect(await driven(family, 'lean')).toEqual([])
      const { responseBody } = hubspot.log.calls.find(({ path }) => path === family.channelList) ?? {}
      expect(responseBody).toContain('capabilities')
      expect(responseBody).not.toContain('webhookUrl')
    },
  )

  it.each([
    ['null', 'must be string'],
    ['extra', '{"additionalProperty":"addedSince"}'],
    ['numeric', 'must be string'],
  ] as const)('sends what the descriptions do not know: %s', async (answers, violation) => {
    const violations = await driven(versionThree, answers)
    expect(violations).toContainEqual(expect.stringContaining(violation))
  })
})

describe.skipIf(specs === undefined)('the check against the API descriptions', () => {
  const inboxes = '/conversations/v3/conversations/inboxes'
  const asked = async (): Promise<Call> => {
    const { api } = await testClient(hubspot)
    await api('GET', inboxes)
    const call = hubspot.log.calls.at(-1)
    if (call === undefined) throw new Error('Nothing was logged')
    return call
  }
  const changed = (call: Call, edit: (text: string) => string): Call => ({
    ...call,
    responseBody: edit(call.responseBody),
  })

  it('reports a response with additional, missing or wrong fields', async () => {
    const call = await asked()
    expect(violationsOf([call])).toEqual([])
    expect(violationsOf([changed(call, (text) => text.replace('"total":2', '"total":2,"extra":1'))])).toEqual([
      expect.stringContaining('must NOT have additional properties {"additionalProperty":"extra"}'),
    ])
    expect(violationsOf([changed(call, (text) => text.replace('"total":2,', ''))])).toEqual([
      expect.stringContaining("must have required property 'total'"),
    ])
    expect(violationsOf([changed(call, (text) => text.replace('"HELP_DESK"', '"CUPBOARD"'))])).toEqual([
      expect.stringContaining('/results/1/type must be equal to one of the allowed values'),
    ])
    expect(violationsOf([changed(call, () => 'no JSON')])).toEqual([expect.stringContaining('no JSON')])
  })

  it.each<[Partial<Call>, string]>([
    [{ path: '/conversations/v3/conversations/cupboards' }, 'described nowhere'],
    [{ query: '?colour=red' }, 'undeclared colour'],
    [{ requestBody: '{}' }, 'request has an undeclared body'],
    [{ status: 202 }, 'response 202 is not declared'],
    [{ status: 404, responseBody: '{"message":"gone"}' }, "must have required property 'correlationId'"],
  ])('reports a call with the change %j', async (changes, reason) => {
    expect(violationsOf([{ ...(await asked()), ...changes }])).toContainEqual(expect.stringContaining(reason))
  })

  it.each([
    ['application/json', '{"text":"Hi","type":"MESSAGE"}', "must have required property 'senders'"],
    ['application/json', '{"text":"Hi","type":"MESSAGE"}', '"additionalProperty":"type"'],
    ['text/plain', '{"text":"Hi"}', 'request is text/plain, not application/json'],
    ['application/json', '', 'request has no body'],
  ])('reports a request of %s: %s', (contentType, requestBody, reason) => {
    const call: Call = {
      method: 'POST',
      path: '/conversations/v3/custom-channels/1/messages',
      query: '',
      requestHeaders: { 'content-type': contentType },
      requestBody,
      status: 0,
      responseBody: '',
      startedAt: 0,
      durationMs: 0,
    }
    expect(violationsOf([call])).toContainEqual(expect.stringContaining(reason))
  })
})
