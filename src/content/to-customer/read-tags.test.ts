import { describe, expect, it } from 'vitest'
import { canonical } from '../../../tests/support/canonical-html'

const cases = (list: readonly (readonly [html: string, read: string])[]) =>
  it.each(list)('%j is read as %j', (html, read) => expect(canonical(html)).toBe(read))

describe('tags', () => {
  cases([
    ['', ''],
    ['<p>a</p>', '<p>a</p>'],
    ['<P>a</P >', '<p>a</p>'],
    ['<br/><br /><br / >', '<br><br><br>'],
    ['<custom-é:x>', '<custom-é:x>'],
    ['<a\nb\t=\f"c"\n>', '<a b="c">'],
    ['</b c="d>e" f>g', '</b>g'],
    ['</b/>c', '</b>c'],
    ['<b<i>c', '<b<i>c'],
    ['a<b', 'a'],
    ['a<b c', 'a'],
    ['a<b c="d>e', 'a'],
    ["a<b c='d>e", 'a'],
    ['a<b c=', 'a'],
    ['a<b /', 'a'],
    ['a</b', 'a'],
  ])
})

describe('attributes', () => {
  cases([
    [`<a b="c>" d='e"' f=g h i="">`, '<a b="c&gt;" d="e&quot;" f="g" h="" i="">'],
    ['<a B=1 b=2 B=3>', '<a b="1">'],
    ['<a b="c"d=e>', '<a b="c" d="e">'],
    ['<a b=>c', '<a b="">c'],
    ['<a b= >c', '<a b="">c'],
    ['<a b=c/>', '<a b="c/">'],
    ['<a b=c"d>', '<a b="c&quot;d">'],
    ['<a/b/=c>', '<a b="" =c="">'],
    ['<a =b=c>', '<a =b="c">'],
    ['<a "b">', '<a "b"="">'],
    ['<a b="c\0d\r\ne">', '<a b="c\ufffdd\ne">'],
  ])
})

describe('a "<" that begins no tag', () => {
  cases([
    ['a < b <3 <é <<p>', 'a &lt; b &lt;3 &lt;é &lt;<p>'],
    ['a<', 'a&lt;'],
    ['a</', 'a&lt;/'],
    ['<\0b>', '&lt;b&gt;'],
    ['5 > 3', '5 &gt; 3'],
  ])
})

describe('what is not shown', () => {
  cases([
    ['a<!--b-->c', 'ac'],
    ['a<!-->b', 'ab'],
    ['a<!--->b', 'ab'],
    ['a<!---->b', 'ab'],
    ['a<!--!>b-->c', 'ac'],
    ['a<!--b--!>c', 'ac'],
    ['a<!--b-- >c->d--->e', 'ae'],
    ['a<!-- <!-- b --> c', 'a c'],
    ['a<!--b', 'a'],
    ['a<!--b>c', 'a'],
    ['a<!--b--', 'a'],
    ['<!doctype html>a', 'a'],
    ['<!DOCTYPE html PUBLIC "a>b">', 'b&quot;&gt;'],
    ['a<?xml b="?>c', 'ac'],
    ['a<?', 'a'],
    ['a<![CDATA[b]]>c', 'ac'],
    ['a<![if mso]>b<![endif]>c', 'abc'],
    ['a</ b>c</3>d</>e', 'acde'],
    ['a</ b', 'a'],
    ['a&am<!---->p;', 'a&amp;amp;'],
  ])
})

describe('tags in which nothing else is a tag', () => {
  it.each(['script', 'style', 'xmp', 'iframe', 'noembed', 'noframes'])('%s, in which nothing is an entity', (name) => {
    const raw = `<b>&lt;<!-- </b></${name}x></ ${name}></${name}`
    const shown = raw.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    expect(canonical(`<${name}>${raw}\0</${name.toUpperCase()}\n>c<b>`)).toBe(`<${name}>${shown}\ufffd</${name}>c<b>`)
    expect(canonical(`<${name} a>${raw}`)).toBe(`<${name} a="">${shown}`)
    expect(canonical(`<${name}/>a</${name}/>b`)).toBe(`<${name}>a</${name}>b`)
    expect(canonical(`</${name}>a<b>`)).toBe(`</${name}>a<b>`)
  })

  it.each(['textarea', 'title'])('%s, in which there are entities', (name) => {
    expect(canonical(`<${name}><b>&eacute;&#0;<!--</${name}>c<b>`)).toBe(
      `<${name}>&lt;b&gt;é\ufffd&lt;!--</${name}>c<b>`,
    )
  })
})

describe('entities in words', () => {
  cases([
    ['&amp;&lt;&gt;&quot;&apos;', "&amp;&lt;&gt;&quot;'"],
    ['&AMP&LT&GT&QUOT&COPY&REG', '&amp;&lt;&gt;&quot;©®'],
    ['&nbsp;|&nbsp|&eacute|&Eacute;|&yuml', '\u00a0|\u00a0|é|É|ÿ'],
    ['&hellip; &euro; &bull; &rarr; &there4; &lang;', '… € • → ∴ ⟨'],
    ['&hellip &euro &apos', '&amp;hellip &amp;euro &amp;apos'],
    ['&notit; &notin; &notin &parallel;', '¬it; ∉ ¬in ∥'],
    [
      'R&D &; & &none; &Eacut; &EACUTE; &a&amp;',
      'R&amp;D &amp;; &amp; &amp;none; &amp;Eacut; &amp;EACUTE; &amp;a&amp;',
    ],
    ['&copy=2&ampx', '©=2&amp;x'],
    ['&#65; &#65 &#x41; &#X41 &#x41g &#0000000000065;', 'A A A A Ag A'],
    ['&#128;&#x92;&#150;&#159;&#129;', '€’–Ÿ\u0081'],
    ['&#0;&#xd800;&#xdfff;&#x110000;&#99999999999999999999;', '\ufffd'.repeat(5)],
    ['&#x1F600; &#x10ffff; &#13;', '😀 \u{10ffff} \r'],
    ['&# &#; &#x; &#xg; &#a', '&amp;# &amp;#; &amp;#x; &amp;#xg; &amp;#a'],
    ['&amp;lt; &amp;#65;', '&amp;lt; &amp;#65;'],
    ['&ccaron;&Lstrok;&odblac;&inodot;&alpha;&Omega;&colon;&Tab;', 'čŁő&amp;inodot;αΩ:\t'],
  ])
})

describe('entities in attributes', () => {
  cases([
    ['<a b="?c&amp;d&lt;e" f=&eacute; g=&#65>', '<a b="?c&amp;d&lt;e" f="é" g="A">'],
    ['<a b="?c=1&copy=2&para1&reg;&copy">', '<a b="?c=1&amp;copy=2&amp;para1®©">'],
    ["<a b='&copy;=1&copy.&notin;&notit;&none;'>", '<a b="©=1©.∉&amp;notit;&amp;none;">'],
  ])
})

describe('characters', () => {
  cases([
    ['a\r\nb\rc\n\rd', 'a\nb\nc\n\nd'],
    ['a\0b', 'ab'],
    ['é😀\ud83d', 'é😀\ud83d'],
  ])
})

it('long words are whole, with an entity at any place', () => {
  for (let length = 19_990; length < 20_010; length++) {
    const around = 'x'.repeat(length)
    const read = canonical(`${around}&eacute;&amp${around}😀&#65;`)
    expect(read).toBe(`${around}é&amp;${around}😀A`)
  }
})
