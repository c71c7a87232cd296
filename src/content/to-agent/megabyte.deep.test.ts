import { describe, expect, it } from 'vitest'
import { visible } from '../text'
import { openingOf } from './opening'
import { readPlain } from './read-inlines'
import { splitText } from './split'
import { asText } from './thread-parts'
import { transcriptNotes } from './transcript'
import { render } from './write-markdown'

const MEGABYTE = 1_000_000
/** Of the processor's time, so that other processes do not count. */
const MOST_MS = 2_000

const WORDS = [
  'x',
  '\n',
  '\r',
  'a\n',
  '\u2028',
  '请',
  '"',
  '&eacute;',
  '\\',
  '\u200d',
  'a\u0301',
  '👩\u200d',
  '\u{e0067}',
]
const MARKDOWN = [
  '*a ',
  'a*',
  '_a_',
  '~~',
  '*a**b',
  '`',
  '`a``b',
  '\\``a',
  '[',
  '![',
  '](',
  '[a](',
  '[a](b(',
  '[x](a "',
  '[a](<b',
]
const LINES = ['# ', '> ', '- ', '- a\n', '1. ', '| ', '\\|', 'a|b\n', '```\n', '---\n', '<br>']
const LINKS = [
  'https://',
  'http:///',
  'https://a.example ',
  '**https://a**;',
  '[https://a](',
  '<a.b@',
  'mailto:',
  '<https://a>',
]

const nested: Record<string, string> = {
  brackets: '['.repeat(300_000) + 'x' + '](https://a.example)'.repeat(30_000),
  pictures: '!['.repeat(200_000) + '**a** b '.repeat(30_000) + '](u)'.repeat(90_000),
  stars: '*'.repeat(500_000) + 'a*'.repeat(250_000),
  'runs of stars': Array.from({ length: 1_000 }, (_, n) => ` ${'*'.repeat(n)}a`).join('') + 'https://x*'.repeat(50_000),
  'runs of backticks': Array.from({ length: 800 }, (_, n) => '`'.repeat(n)).join(' ') + '`a'.repeat(300_000),
}

const readers: Record<string, (text: string) => unknown> = {
  render,
  readPlain,
  visible,
  splitText: (text) => splitText(text, 10_000),
  openingOf: (text) => openingOf({ name: text, title: text, description: text }),
  asText: (text) => asText({ type: 'card', payload: { title: text, actions: [{ label: text }] } }),
  transcriptNotes: (text) => {
    const entry = { type: 'markdown', payload: { markdown: text }, source: { type: 'user', userId: text } }
    return transcriptNotes([entry, { ...entry, payload: { markdown: text.slice(0, 9_999) } }], {
      userId: '',
      name: text,
    })
  },
}

describe('a megabyte', () => {
  it.each([...WORDS, ...MARKDOWN, ...LINES, ...LINKS])('of repeated %j takes every reader less than 2 s', (piece) => {
    expect(slowWith(piece.repeat(MEGABYTE / piece.length))).toEqual([])
  })

  it.each(Object.entries(nested))('of nested %s takes every reader less than 2 s', (_what, text) => {
    expect(slowWith(text)).toEqual([])
  })
})

const slowWith = (text: string): string[] =>
  Object.entries(readers).flatMap(([name, read]) => {
    const before = process.cpuUsage()
    read(text)
    const { user, system } = process.cpuUsage(before)
    const ms = (user + system) / 1_000
    return ms > MOST_MS ? [`${name}: ${Math.round(ms)} ms`] : []
  })
