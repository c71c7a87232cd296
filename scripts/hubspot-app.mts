import { writeFileSync } from 'node:fs'
import { appScript, SCRIPT_NAME } from '../hubspot-app/script'
import { mistakeIn } from './webhook-url.mjs'

const USAGE = `Writes ${SCRIPT_NAME} for your webhook URL. That script creates your HubSpot app and uploads it.

  npm run hubspot-app -- https://webhook.botpress.cloud/01ARZ3NDEKTSV4RRFFQ69G5FAV

Copy the webhook URL from the integration's configuration page in Botpress.
`

/** `npm run hubspot-app -- <webhook URL>`: the script that the page "Your HubSpot app" offers for download. */
const [webhookUrl, ...others] = process.argv.slice(2)
const mistake = webhookUrl === undefined ? undefined : mistakeIn(webhookUrl)

if (webhookUrl === undefined || webhookUrl.startsWith('-') || others.length > 0) refuse(USAGE)
else if (mistake === undefined) write(webhookUrl)
else refuse(`${mistake}\n`)

function write(url: string): void {
  // The part of one bot, or of all bots that share the publisher's app.
  const end = url.search(/\/(integration\/global\/.+|[^/]+)$/)
  const script = appScript({ gateway: url.slice(0, end), webhookId: url.slice(end + 1) })
  try {
    writeFileSync(SCRIPT_NAME, script)
  } catch (thrown) {
    return refuse(`${SCRIPT_NAME} cannot be written: ${thrown instanceof Error ? thrown.message : 'no reason given'}\n`)
  }
  process.stdout.write(`${SCRIPT_NAME} was written for ${url}. Run it:\n\n  node ${SCRIPT_NAME}\n`)
}

function refuse(text: string): void {
  process.stderr.write(text)
  process.exitCode = 1
}
