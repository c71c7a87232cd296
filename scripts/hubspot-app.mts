import { FolderRefused, writeApp } from './hubspot-app/folder.mjs'
import { mistakeIn } from './hubspot-app/webhook-url.mjs'
import { nextSteps, outcomeText, USAGE } from './hubspot-app/words.mjs'

/** `npm run hubspot-app -- <webhook URL> [folder]`: writes an installation's copy of `hubspot-app/`. */
const [webhookUrl, folder = 'botpress-inbox', ...others] = process.argv.slice(2)

if (webhookUrl === undefined || webhookUrl.startsWith('-') || others.length > 0) refuse(USAGE)
else write(webhookUrl)

function write(url: string): void {
  const mistake = mistakeIn(url)
  if (mistake !== undefined) return refuse(`${mistake}\n`)
  try {
    process.stdout.write(outcomeText(writeApp(folder, url), folder, url) + nextSteps(folder))
  } catch (thrown) {
    if (thrown instanceof FolderRefused) refuse(`${thrown.message}\n`)
    else if (isSystemError(thrown)) refuse(`${folder} cannot be written (${thrown.message}). Name another folder.\n`)
    else throw thrown
  }
}

function refuse(text: string): void {
  process.stderr.write(text)
  process.exitCode = 1
}

function isSystemError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'syscall' in thrown
}
