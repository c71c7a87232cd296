import { execFileSync } from 'node:child_process'
import { statSync } from 'node:fs'
import { bundles } from '../bundles'
import { loaded } from '../child/messages'
import type { Values } from '../figures'
import { sizes } from '../sizes'
import { median } from '../statistics'

/** Loads a bundle in new processes that do nothing else. */
export function measureLoad(bundle: string): Values {
  const all = Array.from({ length: sizes.loads }, () =>
    loaded.parse(JSON.parse(execFileSync(process.execPath, [bundles.load, bundle], { encoding: 'utf8' }))),
  )
  return {
    'bundle [KB]': bundleBytes(bundle) / 1024,
    'time to load [ms]': median(all.map(({ ms }) => ms)),
    'memory after load [MB]': median(all.map(({ rssMb }) => rssMb)),
    'heap after load [MB]': median(all.map(({ heapMb }) => heapMb)),
  }
}

export const bundleBytes = (bundle: string): number => statSync(bundle).size
