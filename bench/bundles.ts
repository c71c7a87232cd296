import { resolve } from 'node:path'
import { build } from 'esbuild'

const FOLDER = 'dist/bench'

/** What is measured, and the two programs that it is measured in. The integration is what `npm run build` has built. */
export const bundles = {
  integration: resolve('dist/index.cjs'),
  baseline: resolve(FOLDER, 'baseline.cjs'),
  bare: resolve(FOLDER, 'bare.cjs'),
  serve: resolve(FOLDER, 'serve.cjs'),
  load: resolve(FOLDER, 'load.cjs'),
}

/** Everything but the integration, built the way that is built. */
export async function buildBundles(): Promise<void> {
  await build({
    entryPoints: {
      baseline: 'bench/baseline/index.ts',
      bare: 'bench/child/bare.ts',
      serve: 'bench/child/serve.ts',
      load: 'bench/child/load.ts',
    },
    outdir: FOLDER,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    logLevel: 'warning',
  })
}
