import { execFileSync } from 'node:child_process'
import type * as Fs from 'node:fs'
import type * as Inspector from 'node:inspector'
import { describe, expect, it } from 'vitest'

/** A few characters that stand in each of these, and nowhere else in the bundle. */
const MARKS = {
  'the phone numbers of the world': 'country_calling_codes:',
  'the HTML tokenizer': 'BeforeClosingTagName',
  'the list of addresses that are not public': '168.63.129.16',
  'the tables of what is one character': 'granularity:',
  "Botpress' client": 'https://api.botpress.cloud',
}

describe('a process that loads the bundle', () => {
  it('runs nothing of what only some operations need', () => {
    expect(hasRun(MARKS)).toEqual({
      'the phone numbers of the world': false,
      'the HTML tokenizer': false,
      'the list of addresses that are not public': false,
      'the tables of what is one character': false,
      "Botpress' client": true,
    })
  })
})

/** What of the bundle a fresh process has run when it has loaded it, as V8 counts. */
function hasRun(marks: Record<string, string>): unknown {
  const script = `(${countInFreshProcess.toString()})(${JSON.stringify(marks)})`
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))
}

/** Runs in a process of its own: it can use nothing from here. */
function countInFreshProcess(marks: Record<string, string>): void {
  const { readFileSync }: typeof Fs = require('node:fs')
  const { Session }: typeof Inspector = require('node:inspector')
  const path = `${process.cwd()}/dist/index.cjs`
  const source = readFileSync(path, 'utf8')
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  require(path)
  session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    const ranges = (result.find(({ url }) => url.endsWith('dist/index.cjs'))?.functions ?? []).flatMap(
      (each) => each.ranges,
    )
    const ran = Object.entries(marks).map(([name, mark]) => {
      const at = source.indexOf(mark)
      if (at < 0) throw new Error(`The bundle holds no ${mark}`)
      const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
      const smallest = around.sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))[0]
      return [name, (smallest?.count ?? 0) > 0]
    })
    process.stdout.write(JSON.stringify(Object.fromEntries(ran)))
  })
}
