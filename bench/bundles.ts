import { resolve } from 'node:path'
import { bundle } from '../scripts/bundle.mjs'

const FOLDER = 'dist/bench'

/** What is measured, and the three programs that it is measured in. The integration is what `npm run build` has built. */
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

/** Everything but the integration, built the way that is built. */
export async function buildBundles(): Promise<void> {
  await bundle(`export { default, handler } from './bench/baseline'`, bundles.baseline)
  await bundle(BARE, bundles.bare)
  await bundle(BARE, bundles.bareAsItComes, {})
  await bundle(`import './bench/child/serve'`, bundles.serve)
  await bundle(`import './bench/child/load'`, bundles.load)
  await bundle(`import './bench/child/call'`, bundles.call)
}
