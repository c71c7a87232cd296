import { describe, expect, it } from 'vitest'
import { agentReplyText } from './agent-reply'

describe("an agent's reply as text", () => {
  const reply = { text: 'Look here', richText: '', files: [] }

  it('writes out the links that the editor hides behind words', () => {
    const richText = '<p>Look <a class="x" href="https://a.example/?a=1&amp;b=2">here</a></p>'
    expect(agentReplyText({ ...reply, richText })).toBe('Look here\n\nhttps://a.example/?a=1&b=2')
  })

  it('does not repeat a link that can be read already', () => {
    const richText = '<a href="https://a.example">https://a.example</a>'
    expect(agentReplyText({ ...reply, text: 'https://a.example', richText })).toBe('https://a.example')
  })

  it('drops links that run something', () => {
    expect(agentReplyText({ ...reply, richText: `<a href='javascript:alert(1)'>x</a>` })).toBe('Look here')
  })

  it('names each file with its link', () => {
    const files = [
      { name: 'bill.pdf', url: 'https://a.example/f' },
      { name: 'lost.pdf', url: undefined },
    ]
    expect(agentReplyText({ ...reply, text: '', files })).toBe(
      'bill.pdf\nhttps://a.example/f\n\nlost.pdf (this file cannot be opened here)',
    )
  })

  it('is empty when there is nothing to show', () => {
    expect(agentReplyText({ text: ' \n', richText: '<p></p>', files: [] })).toBe('')
  })
})
