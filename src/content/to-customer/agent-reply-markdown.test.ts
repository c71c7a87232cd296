import { describe, expect, it } from 'vitest'
import { agentReplyMarkdown } from './agent-reply-markdown'

describe("an agent's reply as markdown", () => {
  it('is what the editor laid out', () => {
    const richText = '<p>Look <a href="https://a.example/shirts">here</a>.</p>'
    expect(agentReplyMarkdown({ text: 'Look here.', richText })).toBe('Look [here](https://a.example/shirts).')
  })

  it.each(['', '<p></p>', '<p><br>&nbsp;</p>', '<script>1</script>', '<a href="https://a.example"></a>'])(
    'is the plain text where the editor laid out nothing to read: %j',
    (richText) => expect(agentReplyMarkdown({ text: ' Look here. ', richText })).toBe('Look here.'),
  )

  it('is empty when there is nothing to show', () => {
    expect(agentReplyMarkdown({ text: ' \n', richText: '<p></p>' })).toBe('')
  })
})
