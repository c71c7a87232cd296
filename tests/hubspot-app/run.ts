import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Ended = { status: number; stdout: string; stderr: string }

/** Runs a command in the folder `cwd`. */
export const run = (command: string, args: string[], cwd: string, path = process.env['PATH']): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env: { ...process.env, PATH: path } }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    )
  })

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const script = join(import.meta.dirname, '../../scripts/hubspot-app.mts')

/** Runs the script behind `npm run hubspot-app` in the test's folder. */
export const runScript = (args: string[], cwd: string): Promise<Ended> =>
  run(process.execPath, ['--import', tsx, script, ...args], cwd)
