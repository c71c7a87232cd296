import { build } from 'esbuild'

/** Builds what Botpress runs: one CommonJS file with the integration as `default` and its `handler`. */
const { metafile } = await build({
  stdin: {
    contents: `import integration from './src'\nexport default integration\nexport const handler = integration.handler`,
    resolveDir: '.',
    loader: 'ts',
  },
  outfile: 'dist/index.cjs',
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node18',
  format: 'cjs',
  metafile: true,
  logLevel: 'warning',
})

const bytes = Object.values(metafile.outputs).reduce((sum, output) => sum + output.bytes, 0)
process.stdout.write(`dist/index.cjs ${Math.round(bytes / 1024)} KB\n`)
