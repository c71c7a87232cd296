import type { TestProject } from 'vitest/node'
import { findBrowser } from '../../scripts/find-browser.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    browserPath: string
  }
}

/** Runs once for all browser tests. Without a browser, it fails with the command that installs one. */
export default function setup(project: TestProject): void {
  project.provide(
    'browserPath',
    findBrowser((line) => process.stderr.write(`${line}\n`)),
  )
}
