import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Customer } from '../../sandbox/botpress'
import { startStack, type Stack } from '../../sandbox/stack'
import { openSession } from '../support/session'
import { threadLines } from '../support/thread'

describe('the formatting', () => {
  let stack: Stack
  let ada: Customer
  let threadId: string

  beforeAll(async () => {
    stack = await startStack()
    await stack.botpress.register()
    ;({ customer: ada, threadId } = await openSession(stack))
  })
  afterAll(async () => stack.close())

  it("of an agent's reply becomes Markdown with links and without scripts", async () => {
    stack.hubspot.agent.reply(threadId, {
      actorId: 'A-3892666',
      text: 'Hello Ada',
      richText:
        '<p>Hello <strong>Ada</strong>,</p><ul><li>see <a href="https://shop.example.com/?a=1&amp;b=2">the order</a></li><li>it costs 5 * 3</li></ul><blockquote>broken</blockquote><script>alert(1)</script><a href="javascript:alert(1)">bye</a>',
    })
    const { text } = await ada.waitFor(({ who }) => who === 'agent')
    expect(text).toBe(
      'Hello **Ada**,\n\n- see [the order](https://shop.example.com/?a=1&b=2)\n- it costs 5 * 3\n\n> broken\n\nbye',
    )
  })

  it("of a customer's or bot's message becomes what HubSpot can display, or plain text", async () => {
    const markdown = '**Look** at [this](https://example.com)\n\n- <img src=x onerror=alert(1)>'
    await ada.send({ type: 'bloc', payload: { items: [{ type: 'markdown', payload: { markdown } }] } })
    await stack.settled()
    expect(stack.hubspot.messages(threadId).at(-1)).toMatchObject({
      text: 'Look at this (https://example.com)\n\n• <img src=x onerror=alert(1)>',
      richText: '<p>Look at <a href="https://example.com">this</a></p><p>• &lt;img src=x onerror=alert(1)&gt;</p>',
    })
  })

  it('of a long message survives splitting, in order', async () => {
    const long = Array.from({ length: 400 }, (_, n) => `Sentence ${n} of a long story about a parcel.`).join(' ')
    await ada.say(long)
    await stack.settled()
    const parts = threadLines(stack, threadId).filter((line) => line.includes('parcel'))
    expect(parts.length).toBeGreaterThan(1)
    expect(parts.map((line) => line.replace('customer: ', '')).join('')).toBe(long)
  })
})
