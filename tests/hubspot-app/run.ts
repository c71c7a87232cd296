import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Ended = { status: number; stdout: string; stderr: string }

/** Something that a person types into a terminal that stands in `cwd`. */
export const run = (command: string, args: string[], cwd: string, path = process.env['PATH']): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env: { ...process.env, PATH: path } }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    )
  })

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const script = join(import.meta.dirname, '../../scripts/hubspot-app.mts')

/** What `npm run hubspot-app` runs, in a folder of the test's. */
export const runScript = (args: string[], cwd: string): Promise<Ended> =>
  run(process.execPath, ['--import', tsx, script, ...args], cwd)
