import { describe, expect, it } from 'vitest'
import { modeFrom, USAGE } from './command-line'

describe('the options of npm start', () => {
  it.each([
    [[], 'page'],
    [['--headless'], 'headless'],
    [['--demo'], 'demo'],
    [['--help'], 'help'],
  ])('%j', (given, mode) => {
    expect(modeFrom(given)).toBe(mode)
  })

  it.each(['--headles', 'demo', '', '--headless=1', 'toString'])('refuses "%s" and lists those there are', (option) => {
    expect(() => modeFrom([option])).toThrow(`There is no option ${option}.\n\n${USAGE}`)
    expect(USAGE).toMatch(/--headless .+\n.+--demo .+\n.+--help /)
  })

  it('takes one at a time', () => {
    expect(() => modeFrom(['--demo', '--headless'])).toThrow(/^One option at a time: --demo --headless\.\n/)
  })
})
