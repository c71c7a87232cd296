import { readFileSync } from 'node:fs'
import * as z from 'zod/mini'

const metafile = z.object({
  inputs: z.record(z.string(), z.object({ imports: z.array(z.object({ path: z.string(), kind: z.string() })) })),
  outputs: z.record(
    z.string(),
    z.object({ bytes: z.number(), inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })) }),
  ),
})

/** esbuild's metadata of the bundle that `npm run build` has built. */
export function readMetafile() {
  const { inputs, outputs } = metafile.parse(JSON.parse(readFileSync('dist/metafile.json', 'utf8')))
  const [output] = Object.values(outputs)
  if (!output) throw new Error('The build has no output')
  return { inputs, bytes: output.bytes, modules: output.inputs }
}

type Built = ReturnType<typeof readMetafile>

/** The package that a module belongs to; our own modules belong to `src`. */
export function ownerOf(path: string): string {
  const [, ...inPackages] = path.split('node_modules/')
  const name = /^(?:@[^/]+\/)?[^/]+/.exec(inPackages.at(-1) ?? '')?.[0]
  return name ?? 'src'
}

export function bytesByOwner({ modules }: Built): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.entries(modules)) {
    const owner = ownerOf(path)
    sums.set(owner, (sums.get(owner) ?? 0) + bytesInOutput)
  }
  return sums
}

/** The modules that run at start: those that the entry imports without an `import()`, directly or indirectly. */
export function loadedAtStart({ inputs, modules }: Built): string[] {
  const reached = new Set<string>()
  const waiting = ['<stdin>']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    for (const next of inputs[path]?.imports ?? []) if (next.kind !== 'dynamic-import') waiting.push(next.path)
  }
  return [...reached].filter((path) => (modules[path]?.bytesInOutput ?? 0) > 0)
}
