import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const manual = readFileSync(join(import.meta.dirname, '../../hub.md'), 'utf8')

/** What stands in hub.md under a heading, up to the next one of any level. */
export function sectionOf(heading: string): string {
  const [, after] = manual.split(`${heading}\n`)
  if (after === undefined) throw new Error(`hub.md has no heading "${heading}".`)
  return after.split(/^#{1,6} /m)[0] ?? ''
}

/** The file that people without a clone save, with another first line. */
export function standalone(webhookUrl: string): string {
  const [, code] = /^```js\n([^]*?)^```$/m.exec(sectionOf('## The file botpress-inbox.mjs')) ?? []
  const [first, ...others] = code?.split('\n') ?? []
  if (first !== "const WEBHOOK_URL = 'https://webhook.botpress.cloud/...'") {
    throw new Error('The file in hub.md has to begin with the line that people edit.')
  }
  return [`const WEBHOOK_URL = ${JSON.stringify(webhookUrl)}`, ...others].join('\n')
}
