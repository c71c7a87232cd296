import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ANSWER } from '../../sandbox/demo/at-the-inbox'
import { TOOLS } from '../../sandbox/page/client/desk/formats'
import { CAPABILITIES, FORMATS, type Format } from '../../src/hubspot/custom-channels'

const HUB = readFileSync(join(import.meta.dirname, '../../hub.md'), 'utf8')

/** How an editor writes each of them. */
const TAGS: Record<Format, RegExp> = {
  BOLD: /<strong>/,
  ITALIC: /<em>/,
  LISTS: /<[ou]l>/,
  HYPERLINK: /<a href/,
  BLOCKQUOTE: /<blockquote>/,
}

it('hub.md promises the formats that the channel registers, and no others', () => {
  const [, promised = ''] = /^\| Formatting \|.*\| ([^|]+), as Markdown \|$/m.exec(HUB) ?? []
  expect(promised.split(/, | and /).sort()).toEqual(Object.values(FORMATS).sort())
  expect(CAPABILITIES.richText).toEqual(Object.keys(FORMATS))
})

it("the sandbox's editor has a tool for each format that the channel registers, and no others", () => {
  expect(TOOLS.map(({ format }) => format)).toEqual(Object.keys(FORMATS))
})

it.each(Object.entries(TAGS))("an agent's answer in the demo shows %s", (_format, tag) => {
  expect(ANSWER).toMatch(tag)
})
