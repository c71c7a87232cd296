import { execFileSync } from 'node:child_process'

/** The end-to-end tests run the built bundle, so it must match the sources. */
export default function setup(): void {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.mts'], { stdio: 'pipe' })
}
