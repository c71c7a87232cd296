import { expect, vi } from 'vitest'
import type { TokenReply } from '../../src/hubspot/oauth'
import { hashOf, type Tokens } from '../../src/installation/issued-tokens'
import { readState, writeState, type StateOwner } from '../../src/installation/states'
import { createTokenStore } from '../../src/installation/tokens'
import { allCalls, BOTPRESS_REFUSES, callsOf, SET_TOKENS, type Target } from './faults'
import { usesProcesses } from './processes'

const GET_TOKENS: Target = { ...SET_TOKENS, method: 'GET' }
export const MINUTE = 60_000
export const NOW = Date.parse('2026-01-01T12:00:00Z')

export const stored: Tokens = {
  accessToken: 'access-stored',
  refreshToken: 'refresh-stored',
  expiresAt: NOW + 30 * MINUTE,
  clientId: 'client',
  configuredTokenHash: hashOf('form'),
  portalId: '7',
  accountName: 'example.com',
  scopes: ['oauth'],
}

export const issued = (change: Partial<TokenReply> = {}): TokenReply => ({
  access_token: 'access-new',
  refresh_token: 'refresh-new',
  expires_in: 1800,
  hub_id: '7',
  hub_domain: undefined,
  scopes: undefined,
  ...change,
})

export const pass = (ms: number) => vi.setSystemTime(Date.now() + ms)

/** Processes that share one installation's state, and the calls that they make to it. */
export function usesTokenProcesses() {
  const { botpress, newProcess } = usesProcesses()

  /** Stands for HubSpot: what it was asked to refresh, and what it answers. */
  function storeOf(owner: StateOwner, answer: () => TokenReply | Promise<TokenReply> = () => issued()) {
    const asked: string[] = []
    const refresh = async (refreshToken: string): Promise<TokenReply> => {
      asked.push(refreshToken)
      return answer()
    }
    return {
      asked,
      store: createTokenStore({ ...owner, clientId: 'client', refresh, identified: async (reply) => reply }),
    }
  }

  const clearCalls = () => botpress().log.clear()

  /** At this time, the state holds these tokens. */
  async function begin(tokens: Tokens | undefined): Promise<void> {
    vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    await writeState(newProcess(), 'tokens', tokens)
    clearCalls()
  }

  const refuse = (target: Target) => (botpress().faults = allCalls(target, BOTPRESS_REFUSES))

  /** A process that got new tokens which Botpress did not store. From now on Botpress stores again. */
  async function withUnstoredTokens() {
    await begin({ ...stored, expiresAt: NOW })
    const owner = newProcess()
    const { store, asked } = storeOf(owner)
    refuse(SET_TOKENS)
    await expect(store.of('7').current()).rejects.toThrow('No.')
    botpress().faults = undefined
    return { owner, store, asked }
  }

  return {
    begin,
    clearCalls,
    inState: () => readState(newProcess(), 'tokens'),
    newProcess,
    reads: () => callsOf(botpress(), GET_TOKENS).length,
    refuseReads: () => refuse(GET_TOKENS),
    storeOf,
    withUnstoredTokens,
  }
}
