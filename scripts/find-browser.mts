import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome']

const INSTALL_COMMAND = 'sudo apt-get update && sudo apt-get install -y chromium'

/**
 * The path of Chrome or Chromium: `CHROME_PATH`, else a program on the `PATH`, else installed with apt if possible.
 * Throws an error with the command to run if there is none.
 */
export function findBrowser(say: (line: string) => void): string {
  const named = process.env['CHROME_PATH']
  if (named) {
    if (isProgram(named)) return named
    throw new Error(`CHROME_PATH is ${named}, which is not a program. Set it to Chrome or Chromium, or leave it empty.`)
  }
  const found = onThePath() ?? installed(say)
  if (found) return found
  throw new Error(
    `The browser tests need Chrome or Chromium. On Debian or Ubuntu, run: ${INSTALL_COMMAND}. Elsewhere, install it and run: CHROME_PATH=/path/to/chrome npm test`,
  )
}

function onThePath(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter)
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram)
}

/** Only as root on Debian or a derivative, where the installation needs no question. */
function installed(say: (line: string) => void): string | undefined {
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return undefined
  say('Installing Chromium for the browser tests (apt-get install chromium) …')
  const steps = [
    ['update', '-qq'],
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium'],
  ]
  for (const step of steps) {
    const { status, stderr } = spawnSync('apt-get', step, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    if (status !== 0) {
      say(stderr)
      return undefined
    }
  }
  return onThePath()
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
