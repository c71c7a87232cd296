import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { playHandoff } from '../../sandbox/demo'
import { startStack, type Stack } from '../../sandbox/stack'
import { loadSpecs } from '../contract/openapi'
import { chatLines } from '../support/chat'

const specs = loadSpecs()

describe("the sandbox's demo", () => {
  let stack: Stack
  const happened: string[] = []

  beforeAll(async () => {
    stack = await startStack()
    await playHandoff(
      stack,
      (line) => happened.push(line),
      async () => void happened.push('a beat'),
    )
  })
  afterAll(async () => stack.close())

  it('pauses before each step and within the longer ones', () => {
    const steps = happened.flatMap((line, index) => (/^ ?\d+\. /.test(line) ? [index] : []))
    expect(steps).toHaveLength(13)
    const beats = steps.map(
      (step, index) => happened.slice(steps[index - 1] ?? 0, step).filter((line) => line === 'a beat').length,
    )
    expect(Math.min(...beats)).toBe(1)
    expect(Math.max(...beats)).toBeGreaterThan(1)
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
