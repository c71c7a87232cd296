import { describe, expect, it } from 'vitest'
import { modeFrom, USAGE } from './command-line'

describe('the options of npm start', () => {
  it.each([
    [[], 'page'],
    [['--headless'], 'headless'],
    [['--demo'], 'demo'],
    [['--help'], 'help'],
  ])('%j select the mode "%s"', (given, mode) => {
    expect(modeFrom(given)).toBe(mode)
  })

  it.each(['--headles', 'demo', '', '--headless=1', 'toString'])(
    'do not include "%s", and the error lists them',
    (option) => {
      expect(() => modeFrom([option])).toThrow(`Unknown option: ${option}\n\n${USAGE}`)
      expect(USAGE).toMatch(/--headless .+\n.+--demo .+\n.+--help /)
    },
  )

  it('cannot be combined', () => {
    expect(() => modeFrom(['--demo', '--headless'])).toThrow(/^Only one option is allowed: --demo --headless\n/)
  })
})
