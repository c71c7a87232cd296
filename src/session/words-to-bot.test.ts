import { describe, expect, it } from 'vitest'
import { wordsToBot } from './handoff-ended'

describe("an agent's message to the bot", () => {
  it.each([
    ['/bot', ''],
    ['  /BOT \n', ''],
    ['\u00a0/bot\u00a0', ''],
    ['/bot The refund is on its way.', 'The refund is on its way.'],
    ['/bot\nFirst\n\nSecond', 'First\n\nSecond'],
    ['/bot: Refund it.', 'Refund it.'],
    ['/bot, please', 'please'],
    ['/bot.', ''],
    ['\u200b/bot\u200b', ''],
  ])('is %j', (text, words) => {
    expect(wordsToBot({ actorId: 'A-1', text })).toBe(words)
  })

  it.each(['', 'bot', '/bots', '/bottle', 'Please write /bot', '//bot', '/ bot', '/bot-', '/end'])(
    'is not %j',
    (text) => {
      expect(wordsToBot({ actorId: 'A-1', text })).toBeUndefined()
    },
  )

  it.each(['L-1', 'B-1', 'S-hubspot', 'I-1'])('does not come from %s', (actorId) => {
    expect(wordsToBot({ actorId, text: '/bot' })).toBeUndefined()
  })

  it('can come from an author whom HubSpot does not name', () => {
    expect(wordsToBot({ actorId: undefined, text: '/bot' })).toBe('')
  })
})
