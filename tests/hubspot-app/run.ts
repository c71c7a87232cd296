import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { appScript, SCRIPT_NAME } from '../../hubspot-app/script'
import { temporaryFolder } from './temporary'
import { GATEWAY, WEBHOOK_ID } from './urls'

export type Ended = { status: number; stdout: string; stderr: string }

/** Runs a command in the folder `cwd`. */
export const run = (command: string, args: string[], cwd: string, env: Record<string, string> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(command, args, { cwd, env: { ...process.env, ...env } }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    )
    child.stdin?.end()
  })

const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href
const command = join(import.meta.dirname, '../../scripts/hubspot-app.mts')

/** Runs what `npm run hubspot-app` runs, in the folder `cwd`. */
export const runCommand = (args: string[], cwd: string): Promise<Ended> =>
  run(process.execPath, ['--import', tsx, command, ...args], cwd)

/** Saves the owner's script in a new folder. */
export function savedScript(script = appScript({ gateway: GATEWAY, webhookId: WEBHOOK_ID })): string {
  const folder = temporaryFolder()
  writeFileSync(join(folder, SCRIPT_NAME), script)
  return folder
}

/** Runs the script in its folder, which is also the place for temporary files. */
export const runSaved = (folder: string, args: string[], env: Record<string, string> = {}): Promise<Ended> =>
  run(process.execPath, [SCRIPT_NAME, ...args], folder, { TMPDIR: folder, TEMP: folder, ...env })

/** The environment in which `npx` is this shell script, of which `$*` are the words of the call. */
export function withNpx(folder: string, script: string): Record<string, string> {
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'npx'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  return { PATH: [bin, process.env['PATH']].join(delimiter) }
}

/** Where the script has written the app's files. */
export const writtenIn = (folder: string): string =>
  join(folder, readdirSync(folder).find((name) => name.startsWith('botpress-inbox-')) ?? 'nothing')

/** The app's files, as the owner's script writes them. */
export async function appFolder(): Promise<string> {
  const folder = savedScript()
  const { status, stderr } = await runSaved(folder, ['--write-only'])
  if (status !== 0) throw new Error(stderr)
  return writtenIn(folder)
}
