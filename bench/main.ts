import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { buildBundles } from './bundles'
import type { Section } from './figures'
import { measureAll } from './plan'
import { tableOf } from './table'
import { startTestBed } from './test-bed'

const FILE = 'dist/bench.json'

/** Runs all measurements, prints a table for each and writes all figures to a file. */
async function main(): Promise<void> {
  const started = performance.now()
  await buildBundles()
  const beds = [await startTestBed('integration'), await startTestBed('baseline')] as const
  const sections: Section[] = []
  await measureAll(beds, (section) => {
    sections.push(section)
    process.stdout.write(`${tableOf(section)}\n\n`)
  })
  for (const bed of beds) await bed.close()
  const seconds = Math.round((performance.now() - started) / 1000)
  const machine = { cores: cpus().length, node: process.version }
  mkdirSync('dist', { recursive: true })
  writeFileSync(FILE, JSON.stringify({ at: new Date().toISOString(), machine, seconds, sections }, undefined, 2))
  process.stdout.write(`${seconds} s on ${machine.cores} cores, Node ${machine.node}. All figures: ${FILE}\n`)
}

main().catch((thrown: unknown) => {
  process.stderr.write(`${thrown instanceof Error ? thrown.message : String(thrown)}\n`)
  process.exit(1)
})
