import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { startStack, type Stack } from '../../sandbox/stack'
import { allCalls, firstCalls, isCallOf, SET_TOKENS, status } from '../support/faults'
import { lastMessage, startSecondProcess } from '../support/second-process'
import { openSession, type OpenSession } from '../support/session'
import { threadLines } from '../support/thread'
import { endOf, outliveAccessToken, storedTokens } from '../support/tokens'

let stack: Stack
let ada: OpenSession
let refreshesBefore: number

beforeAll(async () => {
  stack = await startStack()
  await stack.botpress.register()
  ada = await openSession(stack)
})
beforeEach(() => {
  refreshesBefore = stack.hubspot.tokens.refreshes()
  stack.hubspot.log.clear()
  stack.botpress.log.clear()
})
afterEach(() => {
  stack.botpress.faults = undefined
  stack.botpress.plugin.failures.splice(0)
  stack.hubspot.switches.rotateRefreshTokens = false
})
afterAll(async () => stack.close())

const refreshes = () => stack.hubspot.tokens.refreshes() - refreshesBefore
const failures = () => stack.botpress.plugin.failures.map(({ message }) => message)
const inThread = (text: string) =>
  threadLines(stack, ada.threadId).filter((line) => line === `customer: ${text}`).length

async function say(...texts: string[]): Promise<number[]> {
  await Promise.all(texts.map((text) => ada.customer.say(text)))
  await stack.settled()
  return texts.map(inThread)
}

describe('an expired access token', () => {
  const fifty = (name: string) => Array.from({ length: 50 }, (_, n) => `${name} ${n}`)

  it('is refreshed once for fifty concurrent messages', async () => {
    await outliveAccessToken(stack)
    expect(await say(...fifty('by the clock'))).toEqual(Array(50).fill(1))
    expect(refreshes()).toBe(1)
    expect(failures()).toEqual([])
  })

  it('is refreshed once for fifty concurrent messages even if HubSpot expired it early', async () => {
    stack.hubspot.tokens.expireAccessTokens()
    expect(await say(...fifty('early'))).toEqual(Array(50).fill(1))
    expect(refreshes()).toBe(1)
    expect(failures()).toEqual([])
  })

  it('is not refreshed before it expires, even in a new process', async () => {
    await stack.restartIntegration()
    expect(await say('still good')).toEqual([1])
    expect(refreshes()).toBe(0)
  })
})

describe('a refresh token that HubSpot rotates at each use', () => {
  beforeEach(() => {
    stack.hubspot.switches.rotateRefreshTokens = true
  })

  it('is stored before the new access token is used', async () => {
    await outliveAccessToken(stack)
    stack.botpress.log.clear()
    expect(await say('stored first')).toEqual([1])
    const answer = stack.hubspot.log.calls.find(({ path }) => path.endsWith('/token'))
    const granted = z
      .object({ access_token: z.string(), refresh_token: z.string() })
      .parse(JSON.parse(answer?.responseBody ?? ''))
    const stored = stack.botpress.log.calls.filter(isCallOf(SET_TOKENS))
    expect(stored.map(({ requestBody }) => requestBody.includes(granted.refresh_token))).toEqual([true])
    const used = stack.hubspot.log.calls.filter(({ requestHeaders: { authorization } }) =>
      authorization?.includes(granted.access_token),
    )
    expect(used).toHaveLength(1)
    // One millisecond of tolerance, because the two times come from different clocks.
    expect(Math.min(...used.map(({ startedAt }) => startedAt)) + 1).toBeGreaterThanOrEqual(
      Math.max(...stored.map(endOf)),
    )
  })

  it('survives restarts', async () => {
    for (const text of ['once', 'twice', 'three times']) {
      await outliveAccessToken(stack)
      expect(await say(`restarted ${text}`)).toEqual([1])
    }
    expect(refreshes()).toBe(3)
  })

  it('is not lost if Botpress fails to store it at first', async () => {
    await outliveAccessToken(stack)
    stack.botpress.faults = firstCalls(SET_TOKENS, status(500))
    expect(await say('stored at the second try')).toEqual([1])
    expect(failures()).toEqual([])
    await outliveAccessToken(stack)
    expect(await say('stored indeed')).toEqual([1])
  })

  it('is neither lost nor used while Botpress cannot store it', async () => {
    await outliveAccessToken(stack)
    const { accessToken, refreshToken } = storedTokens(stack)
    stack.botpress.faults = allCalls(SET_TOKENS, status(500))
    expect(await say('not stored')).toEqual([0])
    expect(storedTokens(stack)).toMatchObject({ accessToken, refreshToken })
    expect(stack.hubspot.log.calls.filter(({ path }) => !path.endsWith('/token'))).toEqual([])
    expect(failures()).toHaveLength(1)
    stack.botpress.faults = undefined
    expect(await say('stored later')).toEqual([1])
  })

  it.each([0, 400])('locks out neither of two processes that refresh at once, with %i ms to store it', async (ms) => {
    await say(`before ${ms}`)
    const { requestBody, ...operation } = lastMessage(stack)
    const another = await startSecondProcess(stack)
    const elsewhere = async (text: string) => {
      const body = handedOver.parse(JSON.parse(requestBody))
      const message = { ...body.message, id: `msg_${text}` }
      const sent = { ...body, payload: { ...body.payload, text }, message }
      return (await another.run({ ...operation, requestBody: JSON.stringify(sent) })).status
    }
    await outliveAccessToken(stack)
    stack.botpress.faults = allCalls(SET_TOKENS, { kind: 'delay', ms })
    const [here, there] = await Promise.all([say(`here ${ms}`), elsewhere(`there ${ms}`)])
    await stack.settled()
    expect({ here, there, failures: failures() }).toEqual({ here: [1], there: 200, failures: [] })
    expect(inThread(`there ${ms}`)).toBe(1)
    expect([await say(`afterwards ${ms}`), await elsewhere(`afterwards too ${ms}`)]).toEqual([[1], 200])
    await another.close()
  })
})

const handedOver = z.looseObject({ payload: z.looseObject({}), message: z.looseObject({ id: z.string() }) })
