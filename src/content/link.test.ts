import { describe, expect, it } from 'vitest'
import {
  asDestination,
  disguisedHost,
  enteredLink,
  namesItself,
  safeLink,
  shownAddress,
  withoutTrailingPunctuation,
} from './link'

describe('a safe link', () => {
  it.each([
    'https://a.example',
    'http://a.example/b?c=d&e#f',
    'mailto:a@b.example',
    'tel:+14155550101',
    'HTTPS://A.EXAMPLE',
  ])('can be %s', (url) => expect(safeLink(url)).toBe(url))

  const unsafe =
    '/page|#part|page|//a.example|https:|https://|https:a.example|mailto:|tel:|javascript:alert(1)|data:text/html,x'
  const tricks =
    'JavaScript:alert(1)| javascript:alert(1)|java\nscript:x|\u0001javascript:x|vbscript:x|file:///etc|blob:https://a'
  it.each(['', ' ', ...unsafe.split('|'), ...tricks.split('|')])('cannot be %j', (url) =>
    expect(safeLink(url)).toBeUndefined(),
  )

  it('is encoded where a character would end it', () => {
    expect(safeLink(' https://a.example/b c"<>\\^`{|}\n')).toBe('https://a.example/b%20c%22%3C%3E%5C%5E%60%7B%7C%7D')
    expect(asDestination('https://a.example/(b)?c&copy;')).toBe('https://a.example/%28b%29?c&copy%3B')
  })
})

describe('an address that a person has entered', () => {
  it.each([
    ['münchen.de/a', 'https://münchen.de/a'],
    ['例え.jp', 'https://例え.jp'],
    ['xn--e1afmkfd.xn--p1ai', 'https://xn--e1afmkfd.xn--p1ai'],
    ['a.example.', 'https://a.example.'],
    ['ada@münchen.de', 'mailto:ada@münchen.de'],
    ['https:/a.example', 'https://a.example'],
    ['http:a.example/b', 'http://a.example/b'],
    [String.raw`https:\\a.example`, 'https://a.example'],
    ['https://a.example/\u202egpj.exe', 'https://a.example/%E2%80%AEgpj.exe'],
  ])('%j leads to %s', (entered, url) => expect(enteredLink(entered)).toBe(url))

  it.each(['report.pdf', 'a', '1.2.3', 'https:', 'https:///'])('%j leads nowhere', (entered) =>
    expect(enteredLink(entered)).toBeUndefined(),
  )
})

describe('a host in words', () => {
  it.each([
    ['münchen.de', 'https://xn--mnchen-3ya.de/a'],
    ['xn--e1afmkfd.xn--p1ai', 'https://пример.рф'],
    ['a.example', 'https://a.example.'],
  ])('%j is the same, however it is written: %s', (words, url) => expect(disguisedHost(words, url)).toBeUndefined())

  it('is told from another one', () => {
    expect(disguisedHost('xn--e1afmkfd.xn--p1ai', 'https://evil.example')).toBe('evil.example')
  })
})

describe('words that spell out their link', () => {
  it.each([
    ['https://a.example/', 'https://a.example/'],
    ['https://a.example', 'https://a.example/'],
    [' a.example/b ', 'https://a.example/b'],
    ['a@b.example', 'mailto:a@b.example'],
  ])('include %s for %s', (words, url) => expect(namesItself(words, url)).toBe(true))

  it.each([
    ['here', 'https://a.example'],
    ['https://a.example', 'https://b.example'],
    ['https://a.example', 'http://a.example'],
    ['', 'https://a.example'],
  ])('do not include %s for %s', (words, url) => expect(namesItself(words, url)).toBe(false))

  it('show an e-mail address without its scheme', () => {
    expect(shownAddress('mailto:a@b.example')).toBe('a@b.example')
    expect(shownAddress('https://a.example')).toBe('https://a.example')
  })
})

describe('an address in a sentence', () => {
  it.each([
    ['https://a.example/b.', 'https://a.example/b'],
    ['https://a.example/b)', 'https://a.example/b'],
    ['https://a.example/b_(c)', 'https://a.example/b_(c)'],
    ['https://a.example/b?!', 'https://a.example/b'],
    ['https://a.example/b}}', 'https://a.example/b'],
    ['https://a.example/{b}', 'https://a.example/{b}'],
    ['https://a.example/b״', 'https://a.example/b'],
    ['...', ''],
  ])('%j ends before the punctuation of the sentence', (found, address) =>
    expect(withoutTrailingPunctuation(found)).toBe(address),
  )
})
