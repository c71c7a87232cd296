import { describe, expect, it } from 'vitest'
import { markdownOfHtml } from '../../../tests/support/markdown-of'

/** Not a measure of speed: what takes longer than this even on a busy machine takes quadratic time. */
const QUADRATIC_MS = 15_000

describe('HTML to markdown', () => {
  it.each(['<', '<b>', '<div>', '<ul><li>', '<blockquote>', '<i><p>'])(
    'takes linear time for a megabyte of %j',
    (piece) => {
      expect(timeOf(piece, 1_000_000)).toBeLessThan(QUADRATIC_MS)
    },
  )

  const tags = '<a href=x> </b> <b></i> <!-- & &# <a " <table><tr><td> <td>a <pre>` <br>a <p>1. <b>a</b>&#32; <i>a<b>'
  const signs = '* _a ` [a]( https:// ! a@ \\ &#32; <a&#32;href="https://a.example">b'
  it.each([...tags.split(' '), ...signs.split(' ')])('takes linear time for repeated %j', (piece) => {
    expect(timeOf(piece.replaceAll('&#32;', ' '), 100_000)).toBeLessThan(QUADRATIC_MS)
  })
})

function timeOf(piece: string, length: number): number {
  const html = piece.repeat(length / piece.length)
  const started = performance.now()
  markdownOfHtml(html)
  return performance.now() - started
}
