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

  it.each([
    ['an address in bold words', '<b>Visit https://shop.example.com/.</b>', '**Visit** https://shop.example.com/.'],
    ['a link without https', '<a href="shop.example.com">here</a>', '[here](https://shop.example.com)'],
    ['a price with raised cents', '<p>12<sup>99</sup> €</p>', '12⁹⁹ €'],
    ['hidden words', '<p>a<span style="display:none">b</span></p>', 'a'],
    [
      'HTML typed behind an address',
      '<p>www.a.example&lt;img src=x onerror=alert(1)&gt;</p>',
      String.raw`<http://www.a.example>\<img src=x onerror=alert(1)>`,
    ],
  ])("of an agent's reply keeps its meaning: %s", async (_what, richText, markdown) => {
    stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text: 'x', richText })
    const { text } = await ada.waitFor((line) => line.who === 'agent' && line.text === markdown)
    expect(text).toBe(markdown)
  })

  it("of an agent's reply without rich text is what was typed", async () => {
    const text = '[click](javascript:alert(1))\n1. May'
    stack.hubspot.agent.reply(threadId, { actorId: 'A-3892666', text, richText: '' })
    const markdown = '[click\\](javascript:alert(1))  \n1.\u00a0May'
    const shown = await ada.waitFor((line) => line.who === 'agent' && line.text === markdown)
    expect(shown.text).toBe(markdown)
  })

  it("of a bot's message keeps its meaning, as models write it", async () => {
    const markdown =
      '**Step 1 (*recommended*):** see **https://x.example/a**(b)<br>&euro; 5 [x](https://x.example (title))\n\n|Shop|https://x.example/a|'
    await ada.send({ type: 'bloc', payload: { items: [{ type: 'markdown', payload: { markdown } }] } })
    await stack.settled()
    expect(stack.hubspot.messages(threadId).at(-1)).toMatchObject({
      text: 'Step 1 (recommended): see https://x.example/a(b)\n€ 5 x (https://x.example)\n\n|Shop|https://x.example/a|',
      richText:
        '<p>Step 1 (recommended): see <a href="https://x.example/a">https://x.example/a</a>(b)<br>€ 5 <a href="https://x.example">x</a></p><p>|Shop|<a href="https://x.example/a">https://x.example/a</a>|</p>',
    })
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
