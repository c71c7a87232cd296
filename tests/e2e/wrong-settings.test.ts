import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { asDocumented, documented } from '../support/documented'
import { connectBoth, WRONG_SETTINGS, type WrongSetting } from '../support/wrong-settings'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
})
afterEach(async () => stack.close())

/** Saves with that mistake and gives the sentence that the owner reads. */
async function saving({ wrong, connected, meanwhile }: WrongSetting): Promise<string> {
  if (connected) await connectBoth(stack)
  await wrong(stack)
  const saved = stack.botpress.register()
  const undo = await meanwhile?.(stack)
  const { ok, status, message = '' } = await saved.finally(undo)
  if (ok || status !== 400) throw new Error(`The save ended with ${status}: ${message}`)
  return message
}

describe('saving says what is wrong, in words of its own, and docs/wrong-settings.md knows them', () => {
  const told = new Map<string, string>()

  it.each(WRONG_SETTINGS)(
    '$what',
    async (setting) => {
      const sentence = asDocumented(await saving(setting))
      expect(documented('Saving')).toContain(sentence)
      told.set(sentence, setting.what)
    },
    60_000,
  )

  it('and every sentence is another one, of which the page holds no more than these', () => {
    expect([...told.keys()].sort()).toEqual(documented('Saving').sort())
    expect(told.size).toBe(WRONG_SETTINGS.length)
  })
})

describe('a mistake leaves nothing half made', () => {
  it.each(WRONG_SETTINGS.filter(({ connected }) => !connected))(
    '$what: and the next save connects',
    async (setting) => {
      await saving(setting)
      const isMade = setting.meanwhile !== undefined
      expect(stack.hubspot.channels()).toHaveLength(isMade ? 1 : 0)
      expect(stack.botpress.states.filter(({ name }) => name === 'channel')).toEqual([])

      stack.hubspot.faults = undefined
      stack.hubspot.switches.acceptsCustomChannels = true
      stack.hubspot.switches.channelLimit = undefined
      stack.hubspot.switches.channelVisibleAfterMs = 0
      const refreshToken = stack.hubspot.tokens.issueRefreshToken()
      stack.botpress.configuration = { ...stack.hubspot.app, refreshToken, inboxId: '481939' }
      expect(await stack.botpress.register()).toMatchObject({ ok: true })
      expect(stack.hubspot.channels()).toHaveLength(1)
    },
    60_000,
  )

  it.each(WRONG_SETTINGS.filter(({ connected }) => connected))('$what: what is connected stays', async (setting) => {
    await saving(setting)
    const [channel, ...others] = stack.hubspot.channels()
    expect(others).toEqual([])
    expect(stack.hubspot.accounts(channel?.id ?? '')).toHaveLength(2)
  })
})
