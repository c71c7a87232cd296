import { matchAt } from '../../character'

const NAMES: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', '\u00a0'],
])

const ENTITY = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos|nbsp));/iy

/** The character that is written as an entity at `at`, with where the entity ends. */
export function entityAt(text: string, at: number): { character: string; end: number } | undefined {
  const found = matchAt(ENTITY, text, at)
  if (!found) return undefined
  const [entity, decimal, hexadecimal, name = ''] = found
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal)
  const character = NAMES.get(name.toLowerCase()) ?? (isCharacter(code) ? String.fromCodePoint(code) : '\ufffd')
  return { character, end: at + entity.length }
}

export const withoutEntities = (text: string): string =>
  text.replace(/&[#\da-z]{2,8};/gi, (entity) => entityAt(entity, 0)?.character ?? entity)

const isCharacter = (code: number): boolean => code > 0 && code <= 0x10_ff_ff && !(code >= 0xd8_00 && code <= 0xdf_ff)
