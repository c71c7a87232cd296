import { expect, it } from 'vitest'
import { circlesIn, importsOf, type Import } from './imports'

/** The rooms of `src/`, top to bottom. A file may import its own room and the rooms below it. */
const ROOMS = [
  'src/index.ts',
  'src/webhook/',
  'src/authorize/',
  'src/setup/',
  'src/actions/',
  'src/channels/',
  'src/events/',
  'src/session/',
  'src/people/',
  'src/installation/',
  'src/attachments/',
  'src/content/',
  'src/hubspot/',
]
const ANYWHERE = ['src/bp.ts', 'src/env.ts']
const DEFINITION = ['definitions/', 'interfaces/', 'hubspot-app/']

const WITHOUT_BOTPRESS = ['src/attachments/', 'src/content/', 'src/hubspot/']
const OF_BOTPRESS = ['src/bp.ts', '@botpress/', ...DEFINITION]

const imports = importsOf(['src', 'sandbox', 'definitions', 'interfaces', 'hubspot-app'])
const product = imports.filter(({ from }) => !from.startsWith('sandbox/') && !from.endsWith('.test.ts'))

const isIn = (path: string, places: readonly string[]): boolean => places.some((place) => path.startsWith(place))
const arrow = ({ from, to }: Import): string => `${from} -> ${to}`

/** The definition is below all rooms. Everything else is above them, at -1: tests, scripts, other files of `src/`. */
const heightOf = (path: string): number => [...ROOMS, ...DEFINITION].findIndex((room) => path.startsWith(room))
const isOurs = (path: string): boolean =>
  /^[\w.]+\.ts$|^(src|sandbox|definitions|interfaces|hubspot-app|tests|scripts|bench)\//.test(path)

const circles = circlesIn(imports)
const upward = product
  .filter(({ from, to }) => isOurs(to) && !isIn(from, ANYWHERE) && !isIn(to, ANYWHERE))
  .filter(({ from, to }) => heightOf(from) === -1 || heightOf(to) < heightOf(from))
  .map(arrow)

it('no file imports itself through other files', () => {
  expect(circles).toEqual([])
})

it('no file of the product imports a room above its own or a file outside the rooms', () => {
  expect(upward).toEqual([])
})

it('bp.ts imports only types of the definition, and env.ts imports none of our files', () => {
  const ofOurs = product.filter(({ from, to }) => isIn(from, ANYWHERE) && isOurs(to))
  const isAllowed = ({ from, to, isType }: Import) => from === 'src/bp.ts' && isType && isIn(to, DEFINITION)
  expect(ofOurs.filter((each) => !isAllowed(each)).map(arrow)).toEqual([])
})

it('attachments, content and hubspot import nothing from Botpress', () => {
  const botpress = product.filter(({ from, to }) => isIn(from, WITHOUT_BOTPRESS) && isIn(to, OF_BOTPRESS))
  expect(botpress.map(arrow)).toEqual([])
})

it('no folder of the sandbox imports itself through other folders', () => {
  const folderOf = (path: string): string => path.split('/').slice(0, 2).join('/')
  const arrows = imports
    .filter(({ from, to }) => from.startsWith('sandbox/') && folderOf(from) !== folderOf(to))
    .map(({ from, to }) => ({ from: folderOf(from), to: folderOf(to) }))
  expect(circlesIn(arrows)).toEqual([])
})
