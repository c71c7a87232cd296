import { describe, expect, it } from 'vitest'
import { bytesByOwner, loadedAtStart, ownerOf, readMetafile } from './metafile'

const KB = 1024

/** In KB, as the build prints them, with a little room. What is not in the list has to stay below `ANY_OTHER`. */
const BUDGETS: Readonly<Record<string, number>> = {
  // Botpress' own, and what they bring: an integration without a line of code has these too.
  '@botpress/client': 300,
  '@botpress/sdk': 230,
  axios: 95,
  semver: 32,
  'follow-redirects': 10,
  'get-intrinsic': 10,
  debug: 8,
  'form-data': 8,
  // Ours.
  src: 150,
  'libphonenumber-js': 125,
  entities: 40,
  zod: 40,
  htmlparser2: 16,
  // Twice, for those who import it and those who require it.
  mrmime: 24,
}
const ANY_OTHER = 5
const ALL = 1_080

const built = readMetafile()

describe('the bundle', () => {
  it(`has at most ${ALL} KB`, () => expect(built.bytes / KB).toBeLessThanOrEqual(ALL))

  it('has nothing that has grown beyond its budget', () => {
    const grown = [...bytesByOwner(built)]
      .map(([owner, bytes]) => ({ owner, kb: Math.ceil(bytes / KB), budget: BUDGETS[owner] ?? ANY_OTHER }))
      .filter(({ kb, budget }) => kb > budget)
      .map(({ owner, kb, budget }) => `${owner}: ${kb} KB instead of ${budget}`)
    expect(grown).toEqual([])
  })

  it('has a budget for nothing that is gone', () => {
    const owners = bytesByOwner(built)
    expect(Object.keys(BUDGETS).filter((owner) => !owners.has(owner))).toEqual([])
  })

  it('has one axios, for the client and for us', () => {
    const parts = Object.keys(built.modules).filter((path) => ownerOf(path) === 'axios')
    expect(parts).toContain('node_modules/axios/lib/axios.js')
    // The copy that a `require` gets, whole in one file.
    expect(parts.filter((path) => path.includes('/dist/'))).toEqual([])
  })

  it('has neither the words of zod nor its larger half', () => {
    const words = /zod\/v4\/(classic\/|locales\/(?!index\.js))/
    expect(Object.keys(built.modules).filter((path) => words.test(path))).toEqual([])
  })

  it.each([
    ['the phone numbers of all countries', /libphonenumber-js\/metadata/],
    ['the HTML parser', /htmlparser2\//],
    ['the names of characters in HTML', /node_modules\/entities\//],
    ['the way to files of strangers', /src\/attachments\/(attach|download|follow|public-address)/],
  ])('loads only when it is needed: %s', (_name, modules) => {
    expect(Object.keys(built.modules).some((path) => modules.test(path))).toBe(true)
    expect(loadedAtStart(built).filter((path) => modules.test(path))).toEqual([])
  })
})
