import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { REQUIRED_SCOPES } from '../../src/hubspot/scopes'
import { clockAhead, timeOf } from '../support/clock'
import { allCalls, CONFIGURE, SET_TOKENS, status, TOKEN } from '../support/faults'
import { fillIn } from '../support/fill-in'
import { storedTokens } from '../support/tokens'
import { callbackUrl, newCode, visit } from '../support/visitor'

const SALES = '481939'
const SUPPORT = '481940'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
})
afterEach(async () => stack.close())

/** HubSpot sends the browser back: where it goes on, and what the next page may know. */
async function comeBack(says: Record<string, string> = { code: newCode(stack) }) {
  const answering = fetch(callbackUrl(stack, says), { redirect: 'manual' })
  const ms = await timeOf(() => answering)
  const answer = await answering
  const body = await answer.text()
  const location = answer.headers.get('location')
  if (location === null) return { status: answer.status, body, ms }
  const next = new URL(location)
  const [signed = ''] = (next.searchParams.get('session') ?? '').split('.')
  const session: unknown = JSON.parse(Buffer.from(signed, 'base64url').toString())
  return { page: next.pathname.split('/').at(-1), session, ms }
}

const state = () => stack.botpress.states.find(({ name }) => name === 'tokens')?.payload

describe('an owner who comes back from HubSpot', () => {
  it.each([
    ['the tokens are stored', SET_TOKENS],
    ['the installation has its identifier', CONFIGURE],
  ])('goes on when %s', async (_what, target) => {
    stack.botpress.faults = allCalls(target, { kind: 'delay', ms: 300 })
    const { page, ms } = await comeBack()
    expect(page).toBe('inboxes')
    expect(ms).toBeGreaterThan(295)
    expect(storedTokens(stack)).toMatchObject({ portalId: String(stack.hubspot.portalId) })
    expect(stack.botpress.identifier).toBe(`${stack.hubspot.portalId}-${stack.botpress.webhookId}`)
  })

  it('may choose inboxes for half an hour, and the page names the account', async () => {
    const before = Date.now()
    const { session } = await comeBack()
    const portalId = String(stack.hubspot.portalId)
    expect(session).toMatchObject({ portalId, account: expect.stringContaining(`${portalId} (`), inboxIds: [] })
    const until = Number(new Map(Object.entries(Object(session))).get('until'))
    expect(until).toBeGreaterThanOrEqual(before + 1_800_000)
    expect(until).toBeLessThanOrEqual(Date.now() + 1_800_000)
  })

  it('reads the next page under its whole address alone, and until half an hour has passed', async () => {
    const answer = await fetch(callbackUrl(stack, { code: newCode(stack) }), { redirect: 'manual' })
    const address = answer.headers.get('location') ?? ''
    const opened = async (url: string) => (await visit(url)).text
    expect(await opened(address)).toContain('Sales inbox')
    const expired = 'This page has expired, or its address is incomplete.'
    const changed = new URL(address)
    changed.searchParams.set('session', `a${changed.searchParams.get('session')}`)
    expect(await opened(changed.href)).toContain(expired)
    changed.searchParams.delete('session')
    expect(await opened(changed.href)).toContain(expired)
    const after = async (minutes: number) => {
      const back = clockAhead(minutes * 60_000)
      return opened(address).finally(back)
    }
    expect(await after(29)).toContain('Sales inbox')
    expect(await after(30)).toContain(expired)
  })

  it('goes straight to connecting if the form names the inboxes, which must be in that account', async () => {
    fillIn(stack, { inboxId: SUPPORT })
    expect(await comeBack()).toMatchObject({ page: 'connect', session: { inboxIds: [SUPPORT] } })
    fillIn(stack, { inboxId: '99999' })
    expect(await comeBack()).toMatchObject({ status: 400, body: expect.stringContaining('99999') })
  })

  it('sees the inboxes that are connected already', async () => {
    fillIn(stack, { refreshToken: stack.hubspot.tokens.issueRefreshToken(), inboxId: SALES })
    await stack.botpress.register()
    fillIn(stack, { inboxId: undefined })
    expect(await comeBack()).toMatchObject({ page: 'inboxes', session: { inboxIds: [SALES] } })
  })

  it('with a code of another account changes nothing until the form names that account', async () => {
    await comeBack()
    const connected = state()
    const another = () => comeBack({ code: newCode(stack, undefined, 62515) })
    expect(await another()).toMatchObject({ status: 400, body: expect.stringContaining('but you chose 62515') })
    expect(state()).toEqual(connected)
    fillIn(stack, { portalId: '62515' })
    const logged = stack.log.length
    expect(await another()).toMatchObject({ page: 'inboxes', session: { portalId: '62515' } })
    expect(state()).toMatchObject({ portalId: '62515' })
    expect(stack.log.slice(logged).join()).toMatch(/^warn: .*62515/)
    const back = await comeBack()
    expect(back).toMatchObject({ status: 400, body: expect.stringContaining('is 62515.') })
    expect(state()).toMatchObject({ portalId: '62515' })
  })

  it('into the account that is connected already is told of no move', async () => {
    await comeBack()
    const logged = stack.log.length
    expect(await comeBack()).toMatchObject({ page: 'inboxes' })
    expect(stack.log.slice(logged)).toEqual([])
  })

  it.each([
    ['without code', () => ({}), 'HubSpot denied the request without giving a reason.'],
    ['who has refused', () => ({ error: 'access_denied' }), 'The app was not allowed to connect'],
    ['with a code that has been used', () => ({ code: 'used' }), 'has already been used or has expired'],
    ['who has not granted enough', () => ({ code: newCode(stack, REQUIRED_SCOPES.slice(1)) }), 'lacks the scope'],
  ])('%s reads why, and nothing is stored', async (_who, says, sentence) => {
    expect(await comeBack(says())).toMatchObject({ status: 400, body: expect.stringContaining(sentence) })
    expect([state(), stack.botpress.identifier]).toEqual([undefined, undefined])
  })

  it.each([
    ['wrong secret', { status: 'BAD_CLIENT_SECRET' }, 'Client Secret'],
    ['wrong redirect', { status: 'REDIRECT_URI_MISMATCH' }, '/oauth'],
  ])('does not read of a used code when the app has a %s', async (_what, refusal, sentence) => {
    stack.hubspot.faults = allCalls(TOKEN, status(400, {}, { message: 'No.', ...refusal }))
    const { body } = await comeBack()
    expect(body).toContain(sentence)
    expect(body).not.toContain('already been used')
  })

  it('is refused if HubSpot issues no refresh token', async () => {
    stack.hubspot.faults = allCalls(TOKEN, status(200, {}, { access_token: 'a', expires_in: 1800, hub_id: 7 }))
    expect(await comeBack()).toMatchObject({
      status: 400,
      body: expect.stringContaining('did not issue a refresh token'),
    })
    expect(state()).toBeUndefined()
  })
})
