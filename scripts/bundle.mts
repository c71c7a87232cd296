import { build, type BuildOptions, type Metafile } from 'esbuild'
import { bundling } from '../definitions/bundling'

/** The entry of the bundle: Botpress expects the integration as `default` and its `handler`. */
export const INTEGRATION = `import integration from './src'\nexport default integration\nexport const handler = integration.handler`

/** Bundles with the options of Botpress' CLI plus `options`, by default those of the definition. */
export async function bundle(contents: string, outfile: string, options: BuildOptions = bundling): Promise<Metafile> {
  const { metafile } = await build({
    ...options,
    stdin: { contents, resolveDir: '.', loader: 'ts' },
    outfile,
    bundle: true,
    minify: true,
    keepNames: true,
    legalComments: 'none',
    platform: 'node',
    target: 'es2020',
    format: 'cjs',
    metafile: true,
    logLevel: 'warning',
  })
  return metafile
}
