import { resolve } from 'node:path'
import { bundle } from '../scripts/bundle.mjs'

const FOLDER = 'dist/bench'

/** The measured bundles, and the three programs that measure them. `npm run build` builds the integration. */
export const bundles = {
  integration: resolve('dist/index.cjs'),
  baseline: resolve(FOLDER, 'baseline.cjs'),
  bare: resolve(FOLDER, 'bare.cjs'),
  bareAsItComes: resolve(FOLDER, 'bare-as-it-comes.cjs'),
  serve: resolve(FOLDER, 'serve.cjs'),
  load: resolve(FOLDER, 'load.cjs'),
  call: resolve(FOLDER, 'call.cjs'),
}

const BARE = `export { default, handler } from './bench/child/bare'`

/** Builds everything except the integration, with the same options. */
export async function buildBundles(): Promise<void> {
  await bundle(`export { default, handler } from './bench/baseline'`, bundles.baseline)
  await bundle(BARE, bundles.bare)
  await bundle(BARE, bundles.bareAsItComes, {})
  await bundle(`import './bench/child/serve'`, bundles.serve)
  await bundle(`import './bench/child/load'`, bundles.load)
  await bundle(`import './bench/child/call'`, bundles.call)
}
