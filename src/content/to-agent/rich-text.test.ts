import { describe, expect, it } from 'vitest'
import { render } from './write-markdown'

const markdownToHtml = (markdown: string): string => render(markdown).richText

describe('markdown to HTML', () => {
  it.each([
    ['Hello', '<p>Hello</p>'],
    ['', ''],
    [' \n\n ', ''],
    ['a\nb', '<p>a<br>b</p>'],
    ['a  \nb\\\nc', '<p>a<br>b<br>c</p>'],
    ['a\n\nb\r\n\r\nc', '<p>a</p><p>b</p><p>c</p>'],
  ])('keeps paragraphs and lines of %j', (markdown, html) => expect(markdownToHtml(markdown)).toBe(html))

  it.each([
    ['**bold** __bold__ *it* _it_ ~~gone~~ `code` ***both***', 'bold bold it it gone code both'],
    ['**重点：**内容 **API**s', '重点：内容 APIs'],
    ['**ราคา:**ห้าบาท', 'ราคา:ห้าบาท'],
    ['# Title', 'Title'],
    ['### Title ###', 'Title'],
    ['Title\n===', 'Title'],
    ['``a ` b`` `*c*`', 'a ` b *c*'],
    [String.raw`\*not\* \# \[x\]`, '*not* # [x]'],
    ['&amp;amp; &copy &#65;&#x42; &#0;&#xd800;', '&amp;amp; &amp;copy AB \ufffd\ufffd'],
    ['&eacute; &hellip; &euro; &rarr; &unknown;', 'é … € → &amp;unknown;'],
    ['**(*a*)**', '(a)'],
    ['**Step 1 (*recommended*):** do', 'Step 1 (recommended): do'],
    ['**Note: the "*Pro*" plan**', 'Note: the &quot;Pro&quot; plan'],
    ['***a** b* *a**b*', 'a b a**b'],
  ])('drops the formatting of %j', (markdown, words) => expect(markdownToHtml(markdown)).toBe(`<p>${words}</p>`))

  it.each([
    '5 * 3 * 2',
    '2*3*4',
    '2**3**4',
    'file_name.txt',
    '~5 or ~6',
    'a ` b',
    '* ',
    '**',
    '(*',
    '#5',
    '0)',
    '1.5',
    '-5',
    '[x]',
    '!',
    'a * b*',
    '**Note:**text',
    'snake_case_name',
  ])('leaves signs that do not format: %j', (text) =>
    expect(markdownToHtml(`a\n${text}`)).toBe(`<p>a<br>${text.replace(/^\* $/, '•')}</p>`),
  )

  it('writes each list item on a line', () => {
    expect(markdownToHtml('Buy:\n- one\n  * two\n    1. three\n+ four\n\n2. five\n3) six\n   more')).toBe(
      '<p>Buy:<br>• one<br>\u00a0\u00a0• two<br>\u00a0\u00a0\u00a0\u00a01. three<br>• four</p>' +
        '<p>2. five<br>3) six<br>more</p>',
    )
  })

  it('keeps quotes, and leaves the line below one out of it', () => {
    expect(markdownToHtml('> a\n> b\n>> c\nd')).toBe(
      '<blockquote><p>a<br>b</p><blockquote><p>c</p></blockquote></blockquote><p>d</p>',
    )
  })

  it('keeps the lines and indentation of code', () => {
    expect(markdownToHtml('```js\nif (a < b)\n  *x*\n\n```\nend')).toBe(
      '<p>if (a &lt; b)<br>\u00a0\u00a0*x*</p><p>end</p>',
    )
    expect(markdownToHtml('~~~\nnever closed')).toBe('<p>never closed</p>')
  })

  it('reads a fence on the line of a list item, without the indentation of the item', () => {
    expect(markdownToHtml('- ```js\n  one()\n    two()\n  ```\n- b')).toBe(
      '<p>• one()<br>\u00a0\u00a0two()</p><p>• b</p>',
    )
  })

  it.each(['<br>', '<br/>', '<BR />', '</br>'])('breaks the line at %s', (tag) => {
    expect(markdownToHtml(`a${tag} b`)).toBe('<p>a<br>b</p>')
  })

  it('keeps the columns of a table with empty cells', () => {
    expect(markdownToHtml('| A | B |\n|---|---|\n| | 1 |\n| *a | b* |')).toBe(
      '<p>| A | B |<br>| | 1 |<br>| *a | b* |</p>',
    )
  })

  it('shows the rows of a table, and a rule as hyphens', () => {
    expect(markdownToHtml('| A | B |\n|---|:-:|\n| 1 | 2 |\n\n***')).toBe('<p>| A | B |<br>| 1 | 2 |</p><p>---</p>')
  })

  it.each([
    ['[words](https://a.example/b?c=d&e=f)', '<a href="https://a.example/b?c=d&amp;e=f">words</a>'],
    ['[**bold** words](https://a.example "title")', '<a href="https://a.example">bold words</a>'],
    ['[a [b] c](https://a.example/(d))', '<a href="https://a.example/(d)">a [b] c</a>'],
    ['[a](<https://a.example/b c>)', '<a href="https://a.example/b%20c">a</a>'],
    ['[](https://a.example)', '<a href="https://a.example">https://a.example</a>'],
    [
      '[mail](mailto:a@b.example) [call](tel:+1415)',
      '<a href="mailto:a@b.example">mail</a> <a href="tel:+1415">call</a>',
    ],
    [
      '<https://a.example> <a@b.example>',
      '<a href="https://a.example">https://a.example</a> <a href="mailto:a@b.example">a@b.example</a>',
    ],
    ['See https://a.example/b_c_d.', 'See <a href="https://a.example/b_c_d">https://a.example/b_c_d</a>.'],
    ['**https://a.example**', '<a href="https://a.example">https://a.example</a>'],
    ['![my cat](https://a.example/i.png)', '<a href="https://a.example/i.png">my cat</a>'],
    ['![](https://a.example/i.png)', '<a href="https://a.example/i.png">https://a.example/i.png</a>'],
    [
      '[![cat](https://a.example/i)](https://b.example)',
      '<a href="https://b.example">cat</a> <a href="https://a.example/i">https://a.example/i</a>',
    ],
    [
      '[a [b](https://b.example)](https://a.example)',
      '[a <a href="https://b.example">b</a>](<a href="https://a.example">https://a.example</a>)',
    ],
    ['[words](/page) [words](ftp://a.example)', 'words words'],
    ['[x](https://url (title))', '<a href="https://url">x</a>'],
    ['[here](shop.example.com/a)', '<a href="https://shop.example.com/a">here</a>'],
    ['**https://x.example/a**(b)', '<a href="https://x.example/a">https://x.example/a</a>(b)'],
    ['**https://x.example/a**;b', '<a href="https://x.example/a">https://x.example/a</a>;b'],
    ['|Shop|https://x.example/a|', '|Shop|<a href="https://x.example/a">https://x.example/a</a>|'],
    ['![a [b](https://b.example) c](d)', '![a <a href="https://b.example">b</a> c](d)'],
    [
      '![![a](https://a.example)](https://b.example)',
      '![<a href="https://a.example">a</a>](<a href="https://b.example">https://b.example</a>)',
    ],
    ['[words] (https://a.example', '[words] (<a href="https://a.example">https://a.example</a>'],
  ])('keeps the links of %j', (markdown, html) => expect(markdownToHtml(markdown)).toBe(`<p>${html}</p>`))

  it.each([
    ['[https://bank.example/login](https://evil.example/x)', ' (evil.example)'],
    ['[www.bank.example](https://evil.example)', ' (evil.example)'],
    ['[Go to bank.example now](https://evil.example)', ' (evil.example)'],
    ['[👉 (ftp://bank\u200b.example)](https://evil%2eexample)', ' (evil.example)'],
    ['[help@bank.example](mailto:x@evil.example)', ' (evil.example)'],
    ['[ada.l@bank.example](mailto:ada.l@bank.example)', ''],
    ['[shop.example/a/index.aspx](https://shop.example/a/index.aspx?b)', ''],
    ['[münchen.example](https://xn--mnchen-3ya.example)', ''],
    ['[https://www.bank.example](https://bank.example)', ''],
    ['[Report.pdf](https://files.example)', ''],
    ['[Read more. Now](https://a.example)', ''],
  ])('shows the host behind words that look like another address: %j', (markdown, host) => {
    expect(markdownToHtml(markdown)).toMatch(new RegExp(`</a>${host.replace(/[.()]/g, String.raw`\$&`)}</p>$`))
  })

  it('shows HTML as text', () => {
    expect(markdownToHtml('<b onclick="x">a</b> & \'b\'')).toBe(
      '<p>&lt;b onclick=&quot;x&quot;&gt;a&lt;/b&gt; &amp; &#39;b&#39;</p>',
    )
  })
})
