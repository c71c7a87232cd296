import { resolve } from 'node:path'
import { build } from 'esbuild'

export type Bundle = { script: string; style: string }

let built: Promise<Bundle> | undefined

/** The page's script and style, built in memory when first asked for: nothing has to be built before the start. */
export const bundleClient = (): Promise<Bundle> => (built ??= buildClient())

async function buildClient(): Promise<Bundle> {
  const { outputFiles } = await build({
    entryPoints: ['main.tsx', 'style/index.css'].map((file) => resolve(import.meta.dirname, 'client', file)),
    outdir: 'out',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'warning',
  })
  const ending = (name: string) => outputFiles.find(({ path }) => path.endsWith(name))?.text ?? ''
  return { script: ending('.js'), style: ending('.css') }
}
