import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { definition } from './definition'
import { linkFrom } from './link-template'

const facts = { webhookUrl: 'https://webhook.example.com', webhookId: '01ARZ3NDEKTSV4RRFFQ69G5FAV' }

describe('a link template', () => {
  it('yields the link of the Authorize button', () => {
    expect(linkFrom(readFileSync(definition.linkTemplate ?? '', 'utf8'), facts)).toBe(
      'https://webhook.example.com/oauth/wizard/start?state=01ARZ3NDEKTSV4RRFFQ69G5FAV',
    )
  })

  it.each([
    [
      'a fact that Botpress does not give',
      'a = to_string!(.botId)\n"{{ a }}"',
      'cannot be read: a = to_string!(.botId)',
    ],
    ['a function that is not understood', 'a = upcase(.webhookId)\n"{{ a }}"', 'cannot be read: a = upcase'],
    ['a name that was given to nothing', '"{{ a }}"', 'uses {{ a }}'],
    ['a place without blanks', 'a = to_string!(.webhookId)\n"{{a}}/{{ b }}"', 'uses {{ b }}'],
    ['nothing', '# only a comment\n', 'does not end with a text'],
    ['a text that is not the last', '"a"\nb = to_string!(.webhookId)', 'cannot be read: "a"'],
  ])('is refused with %s', (_, template, sentence) => {
    expect(() => linkFrom(template, facts)).toThrow(sentence)
  })
})
