import { describe, expect, it } from 'vitest'
import { asDestination, namesItself, safeLink, shownAddress, withoutTrailingPunctuation } from './link'

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
    ['...', ''],
  ])('%j ends before the punctuation of the sentence', (found, address) =>
    expect(withoutTrailingPunctuation(found)).toBe(address),
  )
})
