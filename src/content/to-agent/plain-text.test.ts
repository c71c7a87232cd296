import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../../tests/support/attacks'
import { render } from './write-markdown'

const markdownToText = (markdown: string): string => render(markdown).text

describe('markdown to plain text', () => {
  it.each([
    ['**Hello** _you_', 'Hello you'],
    ['a\nb\n\nc', 'a\nb\n\nc'],
    ['- one\n  - two\n1. three', '• one\n\u00a0\u00a0• two\n1. three'],
    ['> a\n> b\n>> c\nd', '> a\n> b\n\n> > c\n\nd'],
    ['[words](https://a.example/b)', 'words (https://a.example/b)'],
    ['[https://a.example](https://a.example/) https://b.example/{id}', 'https://a.example/ https://b.example/{id}'],
    ['[a.example](https://a.example)', 'https://a.example'],
    ['<a@b.example> [a@b.example](mailto:a@b.example)', 'a@b.example a@b.example'],
    ['[+1 (415) 555-0101](tel:+14155550101) [call](tel:+1415)', '+1 (415) 555-0101 call (tel:+1415)'],
    ['![my cat](https://a.example/i.png)', 'my cat (https://a.example/i.png)'],
    ['[click](javascript:alert(1))', 'click'],
    ['<b>a</b> &amp; b', '<b>a</b> & b'],
    ['x**2 + y**2, **x**2 and ~~x~~2', 'x**2 + y**2, x2 and x2'],
    ['a<br>\nb<br><br>c', 'a\nb\n\nc'],
    ['| `a\\|b` | c\\|d |', '| a|b | c|d |'],
    ['|\\\\|', '|\\|'],
    ['', ''],
  ])('converts %j', (markdown, text) => expect(markdownToText(markdown)).toBe(text))

  it.each(ATTACKS)('converts the attack %j without throwing', (attack) => {
    expect(markdownToText(attack)).toBeTypeOf('string')
  })

  it('leaves ordinary words as they are', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9,;?"'()%$@éüß😀]{1,9}$/u)
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const text = words.join(' ')
        expect(markdownToText(text)).toBe(text)
        expect(markdownToText(markdownToText(text))).toBe(text)
      }),
    )
  })
})
