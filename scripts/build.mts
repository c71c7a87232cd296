import { writeFileSync } from 'node:fs'
import { bundle, INTEGRATION } from './bundle.mjs'

const metafile = await bundle(INTEGRATION, 'dist/index.cjs')
// What each module adds: the budgets of tests/bundle are held against it.
writeFileSync('dist/metafile.json', JSON.stringify(metafile))

const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
process.stdout.write(`dist/index.cjs ${Math.round(bytes / 1024)} KB\n`)
