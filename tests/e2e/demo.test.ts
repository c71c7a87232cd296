import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playHandoff } from '../../sandbox/demo'
import { Logbook } from '../../sandbox/page/log/logbook'
import { startFullStack, type Stack } from '../../sandbox/stack'
import type { Step } from '../../sandbox/story'
import { loadSpecs } from '../contract/openapi'
import { chatLines } from '../support/chat'

const specs = loadSpecs()

describe("the sandbox's demo", () => {
  let stack: Stack
  const told: string[] = []
  let steps: Step[]

  beforeAll(async () => {
    stack = await startFullStack()
    steps = await playHandoff(stack, (line) => told.push(line))
  })
  afterAll(async () => stack.close())

  it('reports each step, and when all its effects had arrived', () => {
    expect(told.filter((line) => /^ ?\d+\. /.test(line))).toHaveLength(13)
    expect(steps).toHaveLength(13)
    expect(steps.map(({ customer }) => customer)).toEqual([
      ...Array.from({ length: 10 }, () => 'Ada Example'),
      ...Array.from({ length: 3 }, () => 'Ben Muster'),
    ])
    const effects = stack.hubspot.log.calls.map(({ startedAt, durationMs }) => startedAt + durationMs)
    const within = steps.map(({ at }) => effects.filter((ended) => ended <= at).length)
    const expected = told.flatMap((line) => /^ ?\d+\. .*to HubSpot: (\d+)/.exec(line)?.[1] ?? []).map(Number)
    expect(within.map((calls, index) => calls - (within[index - 1] ?? 0))).toEqual(expected)
  })

  it('shows pictures that load on both sides', async () => {
    const [ada] = stack.botpress.chat.customers
    const pictures = ada?.messages().filter(({ type }) => type === 'image') ?? []
    expect(pictures.map(({ who }) => who)).toEqual(['customer', 'agent'])
    for (const { payload } of pictures) {
      const answer = await fetch(String(payload['imageUrl']))
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/png'])
    }
  })

  it('makes only calls that the page can name, and none that it shows as failed', () => {
    const logbook = new Logbook(stack)
    const calls = logbook.view().groups.flatMap((group) => group.calls)
    expect(calls.length).toBeGreaterThan(100)
    expect(calls.filter(({ what, tone }) => what === 'Call' || tone === 'bad')).toEqual([])
  })

  it('ends the session in the inbox and leaves the one in the help desk open', () => {
    const { hubspot, botpress } = stack
    expect(hubspot.threads().map(({ status, inboxId }) => [inboxId, status])).toEqual([
      ['481939', 'CLOSED'],
      ['481940', 'OPEN'],
    ])
    expect(botpress.plugin.sessions.map(({ isActive }) => isActive)).toEqual([false, true])
    expect(botpress.chat.customers.map((customer) => chatLines(customer).at(-1))).toEqual([
      'bot: You are back with the bot.',
      'Ben Muster: The one of my company.',
    ])
  })

  it('causes no errors or warnings', () => {
    expect(stack.botpress.plugin.failures).toEqual([])
    expect(stack.log.filter((line) => /^(warn|error)/.test(line))).toEqual([])
    // HubSpot refuses to tell the webhook settings of a project app.
    const expected = ({ path }: { path: string }) => path.startsWith('/webhooks/')
    expect(stack.hubspot.log.calls.filter((call) => call.status >= 400 && !expected(call))).toEqual([])
  })

  it.skipIf(!specs)("makes only calls that match HubSpot's API descriptions", () => {
    expect(stack.hubspot.log.calls.flatMap((call) => specs?.violations(call) ?? [])).toEqual([])
  })
})
