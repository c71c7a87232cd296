import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod/mini'

const TEMPLATE = fileURLToPath(new URL('../../hubspot-app', import.meta.url))
const PLACEHOLDER = 'WEBHOOK_URL'
const REDIRECT_PLACEHOLDER = 'REDIRECT_URL'
const WEBHOOKS = 'src/app/webhooks/webhooks-hsmeta.json'
const FILES = ['hsproject.json', 'src/app/app-hsmeta.json', WEBHOOKS]

const project = z.object({ name: z.string() })
const webhooks = z.object({ config: z.object({ settings: z.object({ targetUrl: z.string() }) }) })

/** `formerUrl` is the app's previous webhook URL, if it was a different one. */
export type Outcome = { kind: 'written' | 'unchanged' } | { kind: 'updated'; files: string[]; formerUrl?: string }

/** The folder contains something else. The message says what, and what to do. */
export class FolderRefused extends Error {}

/** Writes the template to the folder with this webhook URL. Throws `FolderRefused` before it writes anything. */
export function writeApp(folder: string, webhookUrl: string): Outcome {
  const isNew = !existsSync(folder) || isEmpty(folder)
  if (!isNew) assertOurs(folder)
  const formerUrl = urlIn(folder)
  const files = FILES.map((name) => ({ name, path: join(folder, name), text: filledIn(name, webhookUrl) }))
  const changed = files.filter(({ path, text }) => textOf(path) !== text)
  for (const { path, text } of changed) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
  }
  if (isNew) return { kind: 'written' }
  if (changed.length === 0) return { kind: 'unchanged' }
  const hasMoved = formerUrl !== undefined && formerUrl !== webhookUrl
  return { kind: 'updated', files: changed.map(({ name }) => name), ...(hasMoved && { formerUrl }) }
}

const isEmpty = (folder: string): boolean => statSync(folder).isDirectory() && readdirSync(folder).length === 0

function assertOurs(folder: string) {
  if (!statSync(folder).isDirectory()) throw new FolderRefused(`${folder} is a file. Name another folder.`)
  if (urlIn(folder) === PLACEHOLDER) {
    throw new FolderRefused(`${folder} contains the template without a webhook URL. Name another folder.`)
  }
  const name = project.safeParse(parsed(textOf(join(folder, 'hsproject.json')))).data?.name
  const ourName = project.parse(parsed(textOf(join(TEMPLATE, 'hsproject.json')))).name
  if (name === ourName) return
  const content = name === undefined ? 'something else' : `another HubSpot project, "${name}"`
  throw new FolderRefused(`${folder} contains ${content}. Nothing was written. Name another folder, or empty this one.`)
}

/** Serialized from the parsed template, because a checkout can change line endings. */
function filledIn(name: string, webhookUrl: string): string {
  const template = readFileSync(join(TEMPLATE, name), 'utf8')
  const content: unknown = JSON.parse(template, (_key, value: unknown) => {
    if (value === PLACEHOLDER) return webhookUrl
    return value === REDIRECT_PLACEHOLDER ? redirectUrl(webhookUrl) : value
  })
  return `${JSON.stringify(content, undefined, 2)}\n`
}

/** Next to the webhook URL, and the same for every bot on the same Botpress server. */
const redirectUrl = (webhookUrl: string): string => new URL('oauth', webhookUrl).href

const urlIn = (folder: string): string | undefined =>
  webhooks.safeParse(parsed(textOf(join(folder, WEBHOOKS)))).data?.config.settings.targetUrl

const textOf = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
