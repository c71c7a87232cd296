import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../sandbox/http/faults'
import { ALL_SCOPES } from '../../sandbox/hubspot/testing'
import { startStack, type Stack } from '../../sandbox/stack'
import { clockAhead } from '../support/clock'
import { allCalls, changed, status as answer, type Target } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { GRACE } from '../support/webhooks'

const UNKNOWN = { status: 'unknown', available: true, availableAgents: 0, agents: [] }

let stack: Stack
beforeEach(async () => {
  stack = await startStack()
  fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(ALL_SCOPES) })
})
afterEach(async () => stack.close())

async function asked(input: Record<string, unknown> = {}): Promise<unknown> {
  const { output, message } = await stack.botpress.action('getAvailability', input)
  return output ?? message
}

const everyoneIs = (status: string) => {
  for (const { actorId } of stack.hubspot.users.list()) {
    stack.hubspot.users.change(actorId, { hs_availability_status: status })
  }
}
const USERS: Target = { method: 'GET', path: /\/objects\/users$/ }
const lists = () => stack.hubspot.log.calls.filter(({ path }) => path.endsWith('/objects/users'))

describe('asking whether agents are available', () => {
  it('names those who are', async () => {
    await stack.botpress.register()
    everyoneIs('away')
    stack.hubspot.users.change(GRACE, { hs_availability_status: 'available' })
    expect(await asked()).toEqual({
      status: 'available',
      available: true,
      availableAgents: 1,
      agents: [{ name: 'Grace Sample', email: 'grace.sample@agents.example.com' }],
    })
  })

  it('says if all are away', async () => {
    await stack.botpress.register()
    everyoneIs('away')
    expect(await asked()).toEqual({ status: 'away', available: false, availableAgents: 0, agents: [] })
  })

  it.each([
    [['GRACE.Sample@agents.example.com ', ''], 'available'],
    [['dorothy.office@agents.example.com'], 'away'],
    [['dorothy.office@agents.example.com, grace.sample@agents.example.com'], 'available'],
    [['', ' '], 'available'],
    [['Grace Sample <grace.sample@agents.example.com>'], 'available'],
    [['mailto:dorothy.office@agents.example.com，'], 'away'],
  ])('counts only the team of %j', async (emails, status) => {
    await stack.botpress.register()
    expect(await asked({ emails })).toMatchObject({ status })
  })

  it('warns if nobody has these addresses, without repeating them', async () => {
    await stack.botpress.register()
    expect(await asked({ emails: ['grace@typo.example.com'] })).toMatchObject({ status: 'away' })
    expect(stack.log.at(-1)).toContain('No user of the HubSpot account has any of the addresses in')
  })

  it('reads every page, and again after half a minute', async () => {
    await stack.close()
    const agents = Array.from({ length: 205 }, (_, n) => ({
      actorId: `A-${n + 1}`,
      name: `Agent ${n}`,
      email: `agent.${n}@agents.example.com`,
      avatar: '',
    }))
    stack = await startStack({ hubspot: { agents } })
    fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(ALL_SCOPES) })
    await stack.botpress.register()
    const answers = await Promise.all([asked(), asked({ emails: ['agent.204@agents.example.com'] })])
    expect(answers).toMatchObject([{ availableAgents: 205 }, { availableAgents: 1 }])
    expect(lists()).toHaveLength(3)
    const restore = clockAhead(31_000)
    await asked().finally(restore)
    expect(lists()).toHaveLength(6)
  })

  it.each(['lean', 'null', 'extra', 'numeric', 'odd'] as const)('understands answers that are %s', async (answers) => {
    await stack.botpress.register()
    stack.hubspot.switches.answers = answers
    expect(await asked()).toMatchObject({ status: 'available', availableAgents: 3 })
  })
})

describe('the users of an account', () => {
  const listedAs = (change: (users: Record<string, unknown>[]) => unknown[]) => {
    stack.hubspot.faults = changed(USERS, ({ results, ...page }) => ({
      ...page,
      results: change(Array.isArray(results) ? results : []),
    }))
  }

  it.each<[string, (users: Record<string, unknown>[]) => unknown[]]>([
    ['without an ID', (users) => users.map(({ id: _, ...user }) => user)],
    [
      'beside users who were archived',
      (users) => [...users, ...users.map((user) => ({ ...user, id: '1', archived: true }))],
    ],
  ])('count once each, listed %s', async (_how, change) => {
    await stack.botpress.register()
    listedAs(change)
    expect(await asked()).toMatchObject({ status: 'available', availableAgents: 3 })
  })

  it('do not count once they are archived', async () => {
    await stack.botpress.register()
    listedAs((users) => users.map((user) => ({ ...user, archived: true })))
    expect(await asked()).toMatchObject({ status: 'away', availableAgents: 0 })
  })
})

describe('whether agents are available is unknown', () => {
  it.each([
    {},
    { category: 'FORBIDDEN' },
    { subCategory: 'MISSING_SCOPES' },
    { message: "This app hasn't been granted all required scopes to make this call." },
  ])('if HubSpot forbids it, and the warning names the scope: %j', async (body) => {
    await stack.botpress.register()
    stack.hubspot.faults = allCalls(USERS, answer(403, {}, body))
    expect(await asked()).toEqual(UNKNOWN)
    expect(stack.log.at(-1)).toMatch(/status 403.*crm\.objects\.users\.read\. Add it to the scopes of the HubSpot app/)
  })

  it.each(['full', 'bare', 'odd'] as const)('without the scope, which the warning names: %s', async (errors) => {
    fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken() })
    await stack.botpress.register()
    stack.hubspot.switches.errors = errors
    expect(await asked()).toEqual(UNKNOWN)
    expect(stack.log.at(-1)).toContain('HubSpot has not granted crm.objects.users.read')
  })

  it.each<[string, Fault]>([
    ['refuses', { kind: 'status', status: 400 }],
    ['has no such list', { kind: 'status', status: 404 }],
    ['breaks the connection', { kind: 'reset' }],
    ['limits the app', { kind: 'status', status: 429, body: { policyName: 'DAILY' } }],
  ])('if HubSpot %s, and is asked again the next time', async (_name, fault) => {
    await stack.botpress.register()
    stack.hubspot.faults = ({ path }) => (path.endsWith('/objects/users') ? fault : undefined)
    expect(await asked()).toEqual(UNKNOWN)
    expect(stack.log.at(-1)).toMatch(/^warn: Whether agents are available is unknown: /)
    stack.hubspot.faults = undefined
    expect(await asked()).toMatchObject({ status: 'available' })
  })

  it('before the connection', async () => {
    fillIn(stack, { refreshToken: '', inboxId: '' })
    expect(await asked()).toEqual(UNKNOWN)
    expect(stack.log.at(-1)).toContain('not connected to HubSpot yet')
  })
})
