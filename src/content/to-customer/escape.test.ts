import { describe, expect, it } from 'vitest'
import { markdownOfHtml } from '../../../tests/support/markdown-of'

const cases = (list: readonly (readonly [string, string])[]) =>
  it.each(list)('are escaped in %j', (html, markdown) => expect(markdownOfHtml(html)).toBe(markdown))

describe('words that could be taken for formatting', () => {
  const ordinary = [
    "5 * 3|5* hotel|file_name.txt|a_b_c|~5|it's `quoted|R&D|a < b > c|<3|[x] y|#1|#|* a|=|$5_000|1. May|10:30|and/or",
    String.raw`C:\Users\Ada|1.5|-5|(a) [b] {c}|50% + 3 = 53!|Hi! :-) ^_^|"quoted"|a...b|+1 415|a_b@c.example`,
    'https://a.example/b_c_d?e=f&g=h#i',
  ]

  it.each([...ordinary.join('|').split('|'), 'a | b'])('are left alone in the ordinary sentence %j', (text) => {
    expect(markdownOfHtml(`<p>Look: ${escaped(text)} again</p>`)).toBe(`Look: ${text} again`)
  })

  cases([
    ['1. May', '1.\u00a0May'],
    ['<p>1. May</p><p>3. May</p>', '1.\u00a0May\n\n3.\u00a0May'],
    ['- a<br>+ b<br>* c', '-\u00a0a  \n+\u00a0b  \n*\u00a0c'],
    ['# a', String.raw`\# a`],
    ['&gt; a', String.raw`\> a`],
    ['a<br>===<br>---', 'a  \n\\===  \n\\---'],
    ['a | b<br>--|--', 'a | b  \n\\--|--'],
    ['***', String.raw`\*\*\*`],
    ['2*3*4 _a_ ~~b~~ `c`', String.raw`2\*3\*4 \_a\_ \~\~b\~\~ ` + '\\`c\\`'],
    ['<b>5* hotel</b>', String.raw`**5\* hotel**`],
    ['&lt;b&gt; &amp;amp;', String.raw`\<b> \&amp;`],
    ['[a](https://b.example) [c]: d', String.raw`[a\](https://b.example) [c\]: d`],
    [String.raw`\* C:\_a`, String.raw`\\* C:\\_a`],
    ['https://a.example/_b_*c*d', '<https://a.example/_b_*c*d>'],
    ['<i>a@b.example</i>', 'a@b.example'],
    ['```', '\\`\\`\\`'],
  ])
})

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
