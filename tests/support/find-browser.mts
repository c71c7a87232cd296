import type { TestProject } from 'vitest/node'
import { findBrowser } from '../../scripts/find-browser.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    browserPath: string
  }
}

/** Once for all tests in the browser; without a browser they fail with the line to type. */
export default function setup(project: TestProject): void {
  project.provide(
    'browserPath',
    findBrowser((line) => process.stderr.write(`${line}\n`)),
  )
}
