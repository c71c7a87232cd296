import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startStack, type Stack } from '../../sandbox/stack'
import { asDocumented, documented } from '../support/documented'
import { connectBoth, WRONG_SETTINGS, type WrongSetting } from '../support/wrong-settings'

let stack: Stack
beforeEach(async () => {
  stack = await startStack({ isConnected: false })
})
afterEach(async () => stack.close())

/** Saves with that mistake and returns the message that the owner reads. */
async function saving({ wrong, connected, meanwhile }: WrongSetting): Promise<string> {
  if (connected) await connectBoth(stack)
  await wrong(stack)
  const saved = stack.botpress.register()
  const undo = await meanwhile?.(stack)
  const { ok, status, message = '' } = await saved.finally(undo)
  if (ok || status !== 400) throw new Error(`The save ended with ${status}: ${message}`)
  return message
}

describe('docs/wrong-settings.md has the message of a save when', () => {
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

  it('each mistake has its own message, and the page lists no others', () => {
    expect([...told.keys()].sort()).toEqual(documented('Saving').sort())
    expect(told.size).toBe(WRONG_SETTINGS.length)
  })
})

describe('a failed save creates nothing that is incomplete', () => {
  it.each(WRONG_SETTINGS.filter(({ connected }) => !connected))(
    '$what: the next save connects',
    async (setting) => {
      await saving(setting)
      const isRegistered = setting.meanwhile !== undefined
      expect(stack.hubspot.channels()).toHaveLength(isRegistered ? 1 : 0)
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

  it.each(WRONG_SETTINGS.filter(({ connected }) => connected))(
    '$what: the channel and its inboxes stay connected',
    async (setting) => {
      await saving(setting)
      const [channel, ...others] = stack.hubspot.channels()
      expect(others).toEqual([])
      expect(stack.hubspot.accounts(channel?.id ?? '')).toHaveLength(2)
    },
  )
})
