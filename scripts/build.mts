import { writeFileSync } from 'node:fs'
import { bundle, INTEGRATION } from './bundle.mjs'

const metafile = await bundle(INTEGRATION, 'dist/index.cjs')
// tests/bundle compares the size of each module with its budget.
writeFileSync('dist/metafile.json', JSON.stringify(metafile))

const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
process.stdout.write(`dist/index.cjs ${Math.round(bytes / 1024)} KB\n`)
