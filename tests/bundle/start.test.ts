import { execFileSync } from 'node:child_process'
import type * as Fs from 'node:fs'
import type * as Inspector from 'node:inspector'
import { describe, expect, it } from 'vitest'

/** For each module, a text that is nowhere else in the bundle. */
const MARKS = {
  'the metadata of phone numbers': 'country_calling_codes:',
  'the address filter': '168.63.129.16',
  'the segmenter for characters': 'granularity:',
  "Botpress' client": 'https://api.botpress.cloud',
}

describe('a process that loads the bundle', () => {
  it('does not run modules that only some operations need', () => {
    expect(hasRun(MARKS)).toEqual({
      'the metadata of phone numbers': false,
      'the address filter': false,
      'the segmenter for characters': false,
      "Botpress' client": true,
    })
  })
})

/** Which marked modules a new process has run after loading the bundle, according to V8's coverage. */
function hasRun(marks: Record<string, string>): unknown {
  const script = `(${countInFreshProcess.toString()})(${JSON.stringify(marks)})`
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { encoding: 'utf8' }))
}

/** Runs in a separate process, so it cannot use anything from this file. */
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
      if (at < 0) throw new Error(`The bundle does not contain ${mark}`)
      const around = ranges.filter(({ startOffset, endOffset }) => startOffset <= at && at < endOffset)
      const smallest = around.sort((a, b) => a.endOffset - a.startOffset - (b.endOffset - b.startOffset))[0]
      return [name, (smallest?.count ?? 0) > 0]
    })
    process.stdout.write(JSON.stringify(Object.fromEntries(ran)))
  })
}
