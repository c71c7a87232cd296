import { describe, expect, it } from 'vitest'
import { ATTACKS } from '../../../tests/support/attacks'
import { markdownOfHtml } from '../../../tests/support/markdown-of'
import { htmlToMarkdown } from './html-to-markdown'

const cases = (list: readonly (readonly [string, string])[]) =>
  it.each(list)('converts %j', (html, markdown) => expect(markdownOfHtml(html)).toBe(markdown))

describe('HTML to markdown: paragraphs and lines', () => {
  cases([
    ['', ''],
    ['Hello', 'Hello'],
    ['<p>Hello</p><p>you</p>', 'Hello\n\nyou'],
    ['<p>Ada<br>Main St 1<br/>London</p>', 'Ada  \nMain St 1  \nLondon'],
    ['<div>a</div><div>b</div><div><br></div><div>c</div>', 'a  \nb\n\nc'],
    ['<p>a</p><p><br></p><p>&nbsp;</p><p>b<br></p>', 'a\n\nb'],
    ['a<br><br><br>b', 'a\n\nb'],
    ['  a \n  b&nbsp; c <span> d</span>  ', 'a b c d'],
    ['<p>a<p>b<div>c<div>d', 'a\n\nb\n\nc  \nd'],
    ['<h1>Title</h1>text<h3>Part <b>two</b><br>here</h3>', '# Title\n\ntext\n\n### Part **two** here'],
    ['a<hr>b', 'a\n\n---\n\nb'],
    ['&amp; &lt; &gt; &eacute; &#8364; &#x1F600; &what;', String.raw`& < > é € 😀 \&what;`],
    ['<p style="white-space: pre-wrap">a\n\nb  c\n<b>d</b></p>\n<p>e\nf</p>', 'a\n\nb c  \n**d**\n\ne f'],
    ['<i style="white-space-collapse:preserve">a\nb <b style="white-space:normal">c\nd</b></i>', '_a_  \n_b **c d**_'],
    ['<custom-tag>a</custom-tag> <font color=red>b</font> <u>c</u>', 'a b c'],
    ['<textarea>a</textarea><button>b</button><select><option>c<option>d</select>', 'ab  \nc  \nd'],
  ])
})

describe('HTML to markdown: what formatting means', () => {
  cases([
    ['12<sup>99</sup> €', '12⁹⁹ €'],
    ['H<sub>2</sub>O, 10<sup>-6</sup>, 1<sup>st</sup>', 'H₂O, 10⁻⁶, 1st'],
    ['2<sup>n−1</sup> 2<sup>nd</sup>', '2ⁿ⁻¹ 2nd'],
    ['12<span style="font-size:0.6em; vertical-align: super">99</span> €', '12⁹⁹ €'],
    ['<ul><li><input type="checkbox" checked>a</li><li><input type=checkbox>b</li></ul>', '- ☑ a\n- ☐ b'],
    ['<b>!</b> <b>a</b>', '! **a**'],
    [
      '<b style="font-weight:normal" id="docs-internal-guid-1"><span style="font-weight:700">a</span> <span style="font-weight:400">b</span></b>',
      '**a** b',
    ],
    [
      '<span style="font-style:italic">a</span> <p style="color:red; text-decoration: line-through">b</p>',
      '_a_\n\n~~b~~',
    ],
    ['<b style="mso-bidi-font-weight:normal">a</b> <i style="mso-bidi-font-style:normal">b</i>', '**a** _b_'],
  ])
})

describe('a long reply', () => {
  it.each([
    ['words', '<p>word word</p>', 10_000],
    ['one long word', 'x', 100_000],
    ['links with long addresses', `<a href="https://a.example/${'x'.repeat(900)}">a</a> `, 1_000],
    ['lines of code', '<pre>a<br></pre>', 30_000],
    ['cells', '<td>a</td><td></td>', 50_000],
  ])('of %s has at most 20,000 characters and says that it is shortened', (_what, html, count) => {
    const markdown = markdownOfHtml(html.repeat(count))
    expect(markdown.length).toBeLessThanOrEqual(20_000)
    expect(markdown).toMatch(/\n\n\(shortened\)$/)
  })

  it('has the address of a link over many lines once', () => {
    const html = `<a href="https://a.example/${'x'.repeat(500)}">${'line<br>'.repeat(1_000)}</a>`
    const markdown = markdownOfHtml(html)
    expect(markdown.match(/https:/g)).toHaveLength(1)
    expect(markdown.match(/line/g)).toHaveLength(1_000)
  })
})

describe('HTML to markdown: formatted words', () => {
  cases([
    [
      '<b>a</b> <strong>b</strong> <i>c</i> <em>d</em> <s>e</s> <del>f</del> <code>g</code>',
      '**a** **b** _c_ _d_ ~~e~~ ~~f~~ `g`',
    ],
    ['<b>Hello </b>you, <b> and</b> you', '**Hello** you, **and** you'],
    ['<b>a</b><b>b</b>', '**ab**'],
    ['<b>a <i>b</i> c</b>', '**a _b_ c**'],
    ['<b>a<br>b</b>', '**a**  \n**b**'],
    ['<b> </b><i></i>a', 'a'],
    ['a<code> </code>b<b> </b>c', 'a b c'],
    ['<b>API</b>s', '**API**s'],
    ['<code>a`b</code> <b>x</b><code>y</code>', 'a\\`b **x**`y`'],
    ['<pre>if (a)\n  b\n</pre>', '```\nif (a)\n  b\n```'],
    ['<pre><code>```\na</code></pre>', '````\n```\na\n````'],
    ['<pre>see <a href="https://a.example">this</a></pre>', 'see [this](https://a.example)'],
  ])

  it('drops formatting that markdown cannot express, and keeps the words', () => {
    expect(markdownOfHtml('<b>Note:</b>text')).toBe('Note:text')
    expect(markdownOfHtml('un<i>believ</i>able')).toBe('unbelievable')
  })
})

describe('HTML to markdown: lists, quotes and tables', () => {
  cases([
    ['<ul><li>a</li><li>b</li></ul>', '- a\n- b'],
    ['<ol><li>a</li><li>b</li></ol>', '1. a\n2. b'],
    ['<ol start="9"><li>a<ul><li>b</li></ul></li><li>c</li></ol>', '9. a\n   - b\n10. c'],
    ['<ul><li>a<ol><li>b<ul><li>c</li></ul></li></ol></li></ul>', '- a\n  1. b\n     - c'],
    ['<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>', '- a\n  - b\n- c'],
    ['<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>', '- a\n\n  b\n- c'],
    ['<p>Buy:</p><ul><li>a<br>b</li></ul><p>Bye</p>', 'Buy:\n\n- a  \n  b\n\nBye'],
    ['<ul><li></li><li>a</li></ul><ol></ol>', '- a'],
    ['<li>a</li>b', 'a\n\nb'],
    ['<blockquote>a<br>b<p>c</p></blockquote>d', '> a  \n> b\n>\n> c\n\nd'],
    ['<blockquote>a<blockquote>b</blockquote></blockquote>', '> a\n>\n> > b'],
    ['<blockquote><ul><li>a</li><li>b</li></ul></blockquote>', '> - a\n> - b'],
    ['<ul><li>a<blockquote>b</blockquote><pre>c\n\nd</pre></li></ul>', '- a\n\n  > b\n\n  ```\n  c\n\n  d\n  ```'],
    ['<table><tr><th>A</th><th>B</th></tr><tr><td>1</td><td>2</td></tr></table>', 'A | B  \n1 | 2'],
    ['<table><tbody><tr><td><p>1</p></td><td><div>2</div></td></tr></tbody></table>a', '1 | 2\n\na'],
    ['<table><tr><td></td><td>a</td><td></td><td>b</td></tr></table>', '| a | | b'],
    ['<table><tr><td>a</td><td></td></tr><tr><td><p></p></td><td>b</td></tr></table>c', 'a |  \n| b\n\nc'],
    [
      '<table><tr><td>&nbsp;</td><td></td></tr><tr><td>a</td><td>b</td></tr><tr><td></td><td> </td></tr></table>',
      'a | b',
    ],
    ['<table><tr><td></td><td><ul><li>a</li></ul></td></tr></table>', '- a'],
    ['<table><tr><th>A</th><th>B</th></tr><tr><td></td><td>1</td></tr></table>', 'A | B  \n| 1'],
    ['<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>', 'a\n\nb\n\nc'],
    ['<ol><li>a</li><li value="5">b</li><li>c</li><li value="x">d</li></ol>', '1. a\n5) b\n6) c\n7) d'],
    ['<ol><li value="4">a</li><li>b</li></ol>', '4. a\n5. b'],
    [
      '<table><tr><th colspan="2">A</th><th>B</th></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>',
      'A | | B  \n1 | 2 | 3',
    ],
    [
      '<table><tr><td rowspan="2">A</td><td>1</td></tr><tr><td>2</td></tr><tr><td>B</td><td>3</td></tr></table>',
      'A | 1  \n| 2  \nB | 3',
    ],
    ['<table><tr><td colspan="-1" rowspan="0">a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a | b  \nc'],
    ['<dl><dt>a</dt><dd>b</dd></dl>', 'a  \nb'],
  ])
})

describe('HTML to markdown: links', () => {
  cases([
    ['<a href="https://a.example/b?c=d&amp;e=f">words</a>', '[words](https://a.example/b?c=d&e=f)'],
    ['<a href="https://a.example/">https://a.example</a>', 'https://a.example/'],
    ['<a href="https://a.example">a.example</a>', 'https://a.example'],
    ['<b><a href="https://a.example">https://a.example</a></b>', 'https://a.example'],
    ['<a href="https://a.example">https://a.example</a>bc', '<https://a.example>bc'],
    [
      '<a href="mailto:a@b.example">a@b.example</a> <a href="mailto:a@b.example">mail</a>',
      'a@b.example [mail](mailto:a@b.example)',
    ],
    ['<a href="tel:+1415">+1 415</a>', '[+1 415](tel:+1415)'],
    ['<a href=" https://a.example/b c(d) ">a</a>', '[a](https://a.example/b%20c%28d%29)'],
    ['<a href="https://a.example"> <b>a</b> b </a>c', '[**a** b](https://a.example) c'],
    ['<b>see <a href="https://a.example">this</a> now</b>', '**see [this](https://a.example) now**'],
    ['<a href="https://a.example">a [b] (c)</a>', String.raw`[a \[b\] (c)](https://a.example)`],
    ['<a href="https://a.example"></a>a<a href="https://a.example"> </a>', 'a'],
    ['<a href="shop.example.com">here</a>', '[here](https://shop.example.com)'],
    ['<a href="//shop.example.com/a">here</a>', '[here](https://shop.example.com/a)'],
    ['<a href="ada@shop.example">Ada</a>', '[Ada](mailto:ada@shop.example)'],
    ['<b>Visit https://shop.example/.</b>', '**Visit** https://shop.example/.'],
    ['<b>https://a.example/a</b>(b)', '<https://a.example/a>(b)'],
    ['请看https://a.example/a。<b>好</b>', '请看<https://a.example/a>。**好**'],
    ['<a href="https://a.example">a<br>b</a><p>c</p>', '[a](https://a.example)  \nb\n\nc'],
    ['<a href="https://a.example"><p>a</p><pre>b</pre></a>', '[a](https://a.example)\n\n```\nb\n```'],
    ['<a href="/page">a</a> <a href="ftp://a.example">b</a> <a>c</a> <a href="javascript:x">d</a>', 'a b c d'],
    ['Wow!<a href="https://a.example">a</a>', String.raw`Wow\![a](https://a.example)`],
    ['<a href="münchen.de">here</a> https://a.example/?b[c]=1', '[here](https://münchen.de) https://a.example/?b[c]=1'],
  ])
})

describe('HTML to markdown: pictures and films', () => {
  const picture = (src: string, alt = '') => ({ src, alt })

  it('stand between the words before and behind them', () => {
    expect(
      htmlToMarkdown(
        '<p>a <img src="https://a.example/1" alt="My  cat"> b</p><img src="cid:2"><ol><li>c<img src="data:x">d<br>e</li><li>f</li></ol>',
      ),
    ).toEqual([
      'a',
      picture('https://a.example/1', 'My cat'),
      'b',
      picture('cid:2'),
      '1. c',
      picture('data:x'),
      'd  \ne\n\n2. f',
    ])
  })

  it('are at addresses that any page can open', () => {
    expect(htmlToMarkdown('<img src="//a.example/my cat.png"><img src=" HTTPS://a.example/1?a&amp;b ">')).toEqual([
      picture('https://a.example/my%20cat.png'),
      picture('HTTPS://a.example/1?a&b'),
    ])
  })

  it.each([
    ['words', '<p>x</p>', 10, 9],
    ['nothing', '', 0, 10],
  ])('are at most 10, and the others links, with %s between them', (_what, between, texts, pictures) => {
    const html = Array.from({ length: 30 }, (_, n) => `${between}<img src="https://a.example/${n}" alt="p">`).join('')
    const parts = htmlToMarkdown(html)
    expect(parts.filter((part) => typeof part === 'string')).toHaveLength(texts || 1)
    expect(parts.filter((part) => typeof part !== 'string')).toHaveLength(pictures)
    expect(parts.at(-1)).toContain('[p](https://a.example/29)')
  })

  it('lead where the agent linked, or are their description', () => {
    expect(htmlToMarkdown('<a href="https://b.example"><img src="https://a.example/i" alt="cat"></a>')).toEqual([
      picture('https://a.example/i', 'cat'),
      '[cat](https://b.example)',
    ])
    expect(htmlToMarkdown('a <img alt="cat">')).toEqual(['a cat'])
    expect(htmlToMarkdown('<a href="https://b.example"><img src="https://a.example/i"></a>')).toEqual([
      picture('https://a.example/i'),
      'https://b.example',
    ])
  })

  it('are words where they only show an emoji', () => {
    expect(htmlToMarkdown('<p>Hi <img src="https://a.example/1f44b.png" alt="👋🏽"> Ada</p>')).toEqual(['Hi 👋🏽 Ada'])
    for (const emoji of ['1️⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', ':wave:']) {
      expect(htmlToMarkdown(`a <img src="https://a.example/1.png" alt="${emoji}">`)).toEqual([`a ${emoji}`])
    }
  })

  it('are not lost where they lead nowhere', () => {
    expect(htmlToMarkdown('a<video src="blob:1"></video>')).toEqual(['a', picture('blob:1', 'video')])
  })

  cases([
    ['<iframe src="https://v.example/1">no</iframe>a', 'https://v.example/1  \na'],
    ['a<video src="https://v.example/1">Cannot play</video>', 'a  \nhttps://v.example/1'],
    ['<audio><source src="https://v.example/1.mp3"></audio>', 'https://v.example/1.mp3'],
    ['<object data="javascript:alert(1)"></object><embed src="https://v.example/2">', 'https://v.example/2'],
  ])
})

describe('HTML to markdown: content that a browser hides', () => {
  cases([
    ['<head><title>a</title><style>b</style></head><body>c</body>', 'c'],
    ['<html><head><meta charset=utf-8>\n<body>c', 'c'],
    ['<script>a</script><style>b</style><template>c</template><!-- d --><?e?><!f>g', 'g'],
    ['<style/>a</style>b', 'b'],
    ['a<script>b', 'a'],
    ['<p onclick="a" style="b" class="c">d</p>', 'd'],
    ['a<!--[if mso]>b<![endif]-->c', 'ac'],
    ['<span style="display: none">a</span><div hidden>b<div>c</div></div>d', 'd'],
    ['<p hidden>a<p>b', 'b'],
    ['<div><span style="font-size:0px">a</div>b<i style="font-size:0.5em">c</i>', 'bc'],
    ['<p style="max-height:0;overflow:hidden">a</p><p style="max-height:0.5em">b</p>', 'b'],
    ['<p style="visibility:collapse">a</p><img src="https://a.example" style="width:1px !important">b', 'b'],
    [
      '<img src="https://a.example/open.gif" width="1" height="1">a<img src="https://a.example" style="width:1px">',
      'a',
    ],
  ])

  it.each(ATTACKS)('disarms the attack %j', (attack) => {
    for (const html of [attack, `<p>${attack}</p>`, `<a href="https://a.example">${attack}</a>`]) {
      const markdown = markdownOfHtml(html)
      expect(markdown).not.toMatch(/(?<!\\)<[a-z/!?](?!ttps?:)/i)
      for (const [, address] of markdown.matchAll(/(?<!\\)\]\(([^)]*)\)/g)) {
        expect(address).toMatch(/^(?:https?:\/\/|mailto:|tel:)/)
      }
    }
  })
})
