import { execFileSync } from 'node:child_process'

/** End-to-end tests drive the built bundle, so it must be the one of this source. */
export default function setup(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.mts'], { stdio: 'pipe' })
}
