import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const FILE = join(import.meta.dirname, '../../docs/wrong-settings.md')

/** The messages in one table of docs/wrong-settings.md: its last column. */
export function documented(heading: string): string[] {
  const [, table = ''] = readFileSync(FILE, 'utf8').split(`\n## ${heading}\n`)
  const [section = ''] = table.split('\n## ')
  const rows = section.split('\n').filter((line) => /^\|(?! ?(What|---))/.test(line))
  return rows.map((row) => row.split(' | ').at(-1)?.replace(/ \|$/, '').trim() ?? '')
}

/** A message as the page shows it: without what differs from run to run. */
export const asDocumented = (sentence: string): string =>
  sentence
    .replaceAll(/correlation id [0-9a-f-]{36}/g, 'correlation id …')
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+\/webhooks/g, 'https://webhook.botpress.cloud')
    .replaceAll(/botpress\.cloud\/[0-9a-f-]{36}/g, 'botpress.cloud/…')
    .replaceAll(/state=[\w-]+/g, 'state=…')
    .replaceAll(/HubSpot thread \d+/g, 'HubSpot thread …')
