import { createRequire } from 'node:module'
import type { Loaded } from './messages'

const [, ownPath = '', bundle = ''] = process.argv
const load = createRequire(ownPath)
const started = performance.now()
load(bundle)
const ms = performance.now() - started
const { rss, heapUsed } = process.memoryUsage()
const loaded: Loaded = { ms, rssMb: rss / 1_000_000, heapMb: heapUsed / 1_000_000 }
process.stdout.write(JSON.stringify(loaded))
