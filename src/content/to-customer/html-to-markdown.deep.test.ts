import { describe, expect, it } from 'vitest'
import { htmlToMarkdown, textToMarkdown } from './html-to-markdown'

const MEGABYTE = 1_000_000
/** Of the processor's time, which does not grow on a busy machine. */
const MOST_MS = 2_000

const TAGS = ['<b>', '</b>', '<i><p>', '<p>a', '</p>', '<h1>a', '<br>', '<br>a', '<hr>a', '<pre>a\n', '<sup>1', '<svg>']
const LISTS = ['<ul><li>', '<ol><li>a', '<li>', '<blockquote>a', '<table><tr><td>', '<tr><td>a', '<td></td>', '<td>a']
const LINKS = [
  '<a href=x>',
  '<a href="https://a.example">b',
  '<a href="https://a.example">b</a> ',
  'https://',
  'a@',
  'www.',
]
const PICTURES = [
  '<img src=x>',
  '<img src="https://a.example">',
  '<img alt=x>',
  '<iframe src="https://a.example">',
  '<source>',
]
const HIDDEN = ['<p hidden>a', '<p style="display:none">', '<script>', '<!--', '<![CDATA[', '<?']
const BROKEN = [
  '<',
  '</',
  '<p',
  '<a "',
  '<a b=',
  '<a <a',
  '<a b="',
  "<a b='c' d",
  '<b/',
  '</p',
  '<!-',
  '<!--\n--!',
  '</>',
]
const RAW = ['<title>', '<xmp></xmp', '<textarea></textarea>', '<noframes></noframe>', '<style></style ']
const ENTITIES = ['&', '&#', '&#9', '&#x', '&notit', '&amp;', 'copy', '&a;', '=&']
const LOOKS = ['<b>a</b> ', '<b>*</b>', '<code>a', '<code>`', '<s>a<i>b<b>c']
const SIGNS = ['*a ', '_a_', '`', '[', '](', '!', '\\', '|', '1. ', '# ', '\n', '\n ', ' ', '😀', '\ufdd2']

describe("a megabyte of an agent's words", () => {
  it.each([...TAGS, ...LISTS, ...LINKS, ...PICTURES, ...HIDDEN, ...BROKEN, ...RAW, ...ENTITIES, ...LOOKS, ...SIGNS])(
    'of repeated %j becomes at most 20,000 characters, within two seconds',
    (piece) => {
      const text = piece.repeat(MEGABYTE / piece.length)
      for (const convert of [htmlToMarkdown, textToMarkdown]) {
        const started = process.cpuUsage()
        const texts = convert(text).filter((part) => typeof part === 'string')
        const { user, system } = process.cpuUsage(started)
        expect(texts.join('').length).toBeLessThanOrEqual(20_000)
        expect((user + system) / 1_000).toBeLessThan(MOST_MS)
      }
    },
  )
})
