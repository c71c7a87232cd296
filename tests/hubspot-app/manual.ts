import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export const manual = readFileSync(join(import.meta.dirname, '../../hub.md'), 'utf8')

/** The text under a heading of hub.md, up to the next heading of any level. */
export function sectionOf(heading: string): string {
  const [, after] = manual.split(`${heading}\n`)
  if (after === undefined) throw new Error(`hub.md has no heading "${heading}".`)
  return after.split(/^#{1,6} /m)[0] ?? ''
}

/** The script in hub.md, with another webhook URL in its first line. */
export function standalone(webhookUrl: string): string {
  const [, code] = /^```js\n([^]*?)^```$/m.exec(sectionOf('## The file botpress-inbox.mjs')) ?? []
  const [first, ...others] = code?.split('\n') ?? []
  if (first !== "const WEBHOOK_URL = 'https://webhook.botpress.cloud/...'") {
    throw new Error('The script in hub.md must start with the line that users edit.')
  }
  return [`const WEBHOOK_URL = ${JSON.stringify(webhookUrl)}`, ...others].join('\n')
}
