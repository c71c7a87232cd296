import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { closeUncrossed } from '../support/crossings'
import { allCalls, SET_TOKENS, status, TOKEN } from '../support/faults'
import { storedTokens, tokensGivenLast } from '../support/tokens'
import type { Name, TwoInstallations } from '../../sandbox/two-installations'
import { ARRANGEMENTS, startTwoOwners } from '../support/two-owners'
import { CUSTOMERS, lostInTalks, openSessions, type Sessions } from '../support/two-sessions'

let two: TwoInstallations
let sessions: Sessions

/** Each test runs for both orders, because the last one to save is in the cache. */
describe.each(ARRANGEMENTS)(
  '%s in one process, with refresh tokens that HubSpot rotates at each use:',
  (arrangement) => {
    beforeEach(async () => {
      two = await startTwoOwners(arrangement)
      for (const { hubspot } of [two.first, two.second]) hubspot.switches.rotateRefreshTokens = true
    })
    afterEach(async () => closeUncrossed(two))

    it('an expired access token is refreshed, and the other one is not', async () => {
      sessions = await openSessions(two, ['second', 'first'])
      two.first.hubspot.tokens.expireAccessTokens()
      expect(await lostInTalks(two, sessions, 'first', 'second')).toEqual([])
      expect(refreshes()).toEqual({ first: 1, second: 0 })
      expectEachToKeepItsOwn()
    })

    it('each gets its own token if both refresh at once', async () => {
      sessions = await openSessions(two, ['second', 'first'])
      for (const { hubspot } of [two.first, two.second]) {
        hubspot.tokens.expireAccessTokens()
        // Both at once, and quick enough for the look-up of the agent's name, which has 1.5 seconds.
        hubspot.faults = allCalls(TOKEN, { kind: 'delay', ms: 400 })
      }
      expect(await lostInTalks(two, sessions, 'first', 'second')).toEqual([])
      expect(refreshes()).toEqual({ first: 1, second: 1 })
      expectEachToKeepItsOwn()
    })

    it('tokens that Botpress could not store are stored later, for the right installation', async () => {
      sessions = await openSessions(two, ['second', 'first'])
      await refreshInVain('first')
      two.second.hubspot.tokens.expireAccessTokens()
      expect(await lostInTalks(two, sessions, 'second')).toEqual([])
      two.first.botpress.faults = undefined
      expect(await lostInTalks(two, sessions, 'first')).toEqual([])
      expect(refreshes()).toEqual({ first: 1, second: 1 })
      expectEachToKeepItsOwn()
    })

    it('uninstalling one does not affect the other, not even its unsaved tokens', async () => {
      sessions = await openSessions(two, ['first', 'second'])
      await refreshInVain('second')
      const channels = two.second.hubspot.channels()
      expect(await two.first.botpress.unregister()).toEqual({ ok: true, status: 200 })
      expect(two.first.botpress.states).toEqual([])
      expect(connected(two.first)).toEqual([])
      two.second.botpress.faults = undefined
      expect(await lostInTalks(two, sessions, 'second')).toEqual([])
      expect(refreshes()).toEqual({ first: 0, second: 1 })
      expect(storedTokens(two.second)).toMatchObject(tokensGivenLast(two.second))
      expect(two.second.botpress.states.map(({ name }) => name)).toContain('channel')
      expect(two.second.hubspot.channels()).toEqual(channels)
    })
  },
)

/** HubSpot issues new tokens that Botpress does not store, so the customer's message is not delivered. */
async function refreshInVain(name: Name): Promise<void> {
  const { hubspot, botpress } = two[name]
  const before = storedTokens(two[name])
  hubspot.tokens.expireAccessTokens()
  botpress.faults = allCalls(SET_TOKENS, status(500))
  await sessions[name].customer.say(`${CUSTOMERS[name]} says this in vain`)
  await two.settled()
  expect(botpress.plugin.failures).toHaveLength(1)
  expect(storedTokens(two[name])).toEqual(before)
}

/** The inboxes that agents of an account can answer from. */
const connected = ({ hubspot }: Stack): string[] =>
  hubspot
    .channels()
    .flatMap(({ id }) => hubspot.accounts(id))
    .flatMap(({ authorized, inboxId }) => (authorized ? [inboxId] : []))

function expectEachToKeepItsOwn(): void {
  for (const each of [two.first, two.second]) expect(storedTokens(each)).toMatchObject(tokensGivenLast(each))
}

/** Without the refresh of the only save. */
const refreshes = () => ({
  first: two.first.hubspot.tokens.refreshes() - 1,
  second: two.second.hubspot.tokens.refreshes() - 1,
})
