import { describe, expect, it } from 'vitest'
import { bytesByOwner, loadedAtStart, ownerOf, readMetafile } from './metafile'

const KB = 1024

/** In KB, with a small margin. Packages that are not listed must stay below `ANY_OTHER`. */
const BUDGETS: Readonly<Record<string, number>> = {
  // Botpress' packages and their dependencies, which even an empty integration has.
  '@botpress/client': 300,
  '@botpress/sdk': 230,
  axios: 95,
  semver: 32,
  'follow-redirects': 10,
  'get-intrinsic': 10,
  debug: 8,
  'form-data': 8,
  // Ours.
  src: 192,
  'libphonenumber-js': 125,
  zod: 40,
  mrmime: 12,
}
const ANY_OTHER = 5
const ALL = 1_080

const built = readMetafile()

describe('the bundle', () => {
  it(`is at most ${ALL} KB`, () => expect(built.bytes / KB).toBeLessThanOrEqual(ALL))

  it('contains no package that exceeds its budget', () => {
    const grown = [...bytesByOwner(built)]
      .map(([owner, bytes]) => ({ owner, kb: Math.ceil(bytes / KB), budget: BUDGETS[owner] ?? ANY_OTHER }))
      .filter(({ kb, budget }) => kb > budget)
      .map(({ owner, kb, budget }) => `${owner}: ${kb} KB instead of ${budget}`)
    expect(grown).toEqual([])
  })

  it('contains every package that has a budget', () => {
    const owners = bytesByOwner(built)
    expect(Object.keys(BUDGETS).filter((owner) => !owners.has(owner))).toEqual([])
  })

  it("contains axios once, for Botpress' client and for us", () => {
    const parts = Object.keys(built.modules).filter((path) => ownerOf(path) === 'axios')
    expect(parts).toContain('node_modules/axios/lib/axios.js')
    // The single-file copy for `require`.
    expect(parts.filter((path) => path.includes('/dist/'))).toEqual([])
  })

  it('contains only zod/mini, without locales', () => {
    const words = /zod\/v4\/(classic\/|locales\/(?!index\.js))/
    expect(Object.keys(built.modules).filter((path) => words.test(path))).toEqual([])
  })

  it.each([
    ['the phone numbers of all countries', /libphonenumber-js\/metadata/],
    ['downloading files', /src\/attachments\/(attach|download|follow|public-address)/],
  ])('loads on demand: %s', (_name, modules) => {
    expect(Object.keys(built.modules).some((path) => modules.test(path))).toBe(true)
    expect(loadedAtStart(built).filter((path) => modules.test(path))).toEqual([])
  })
})
