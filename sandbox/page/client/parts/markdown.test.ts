import { describe, expect, it } from 'vitest'
import { parseInline, parseMarkdown } from './markdown'

const text = (words: string) => ({ kind: 'text', text: words })

describe('Markdown in the chat', () => {
  it('consists of paragraphs, lists and quotes', () => {
    expect(parseMarkdown('one\ntwo\n\n- a\n- b\n1. c\n> q\n> r\nend')).toEqual([
      { kind: 'paragraph', lines: [[text('one')], [text('two')]] },
      { kind: 'list', isOrdered: false, items: [[text('a')], [text('b')]] },
      { kind: 'list', isOrdered: true, items: [[text('c')]] },
      { kind: 'quote', blocks: [{ kind: 'paragraph', lines: [[text('q')], [text('r')]] }] },
      { kind: 'paragraph', lines: [[text('end')]] },
    ])
  })

  it('has inline formatting, nested too', () => {
    expect(parseInline('a **b *c* d** `d` [e](https://f.example/?g=1) _h_')).toEqual([
      text('a '),
      { kind: 'strong', content: [text('b '), { kind: 'emphasis', content: [text('c')] }, text(' d')] },
      text(' '),
      { kind: 'code', text: 'd' },
      text(' '),
      { kind: 'link', url: 'https://f.example/?g=1', content: [text('e')] },
      text(' '),
      { kind: 'emphasis', content: [text('h')] },
    ])
  })

  it('turns bare addresses into links, without the full stop after them', () => {
    expect(parseInline('See https://a.example/b.')).toEqual([
      text('See '),
      { kind: 'link', url: 'https://a.example/b', content: [text('https://a.example/b')] },
      text('.'),
    ])
  })

  it.each(['snake_case_name', '2 * 3 * 4 ', 'no [link](javascript:alert(1))', '![x', '**', ''])(
    'leaves %j unchanged',
    (words) => expect(parseInline(words)).toEqual(words === '' ? [] : [text(words)]),
  )

  it('resolves escapes', () => {
    expect(parseInline(String.raw`1\. \*not\* \[this\]\(https\)`)).toEqual([text('1. *not* [this](https)')])
  })
})
