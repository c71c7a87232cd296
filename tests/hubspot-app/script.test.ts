import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { appScript, SCRIPT_NAME } from '../../hubspot-app/script'
import { appFolder, runSaved, savedScript, withNpx, writtenIn } from './run'
import { filesIn } from './temporary'
import { GATEWAY, REDIRECT_URL, WEBHOOK_ID, WEBHOOK_URL } from './urls'

const BOT = { gateway: GATEWAY, webhookId: WEBHOOK_ID }
const APP = 'src/app/app-hsmeta.json'
const WEBHOOKS = 'src/app/webhooks/webhooks-hsmeta.json'

const projectSchema = z.object({ name: z.string() })
const appSchema = z.object({ config: z.object({ auth: z.object({ redirectUrls: z.array(z.string()) }) }) })
const webhooksSchema = z.object({ config: z.object({ settings: z.object({ targetUrl: z.string() }) }) })

/** What HubSpot would read in a folder. */
function readIn(folder: string) {
  const files = filesIn(folder)
  return {
    files: Object.keys(files),
    name: projectSchema.parse(JSON.parse(files['hsproject.json'] ?? '')).name,
    redirectUrls: appSchema.parse(JSON.parse(files[APP] ?? '')).config.auth.redirectUrls,
    targetUrl: webhooksSchema.parse(JSON.parse(files[WEBHOOKS] ?? '')).config.settings.targetUrl,
  }
}

const OURS = {
  files: ['hsproject.json', APP, WEBHOOKS],
  name: 'botpress-inbox-q69g5fav',
  redirectUrls: [REDIRECT_URL],
  targetUrl: WEBHOOK_URL,
}

describe(`${SCRIPT_NAME} with --write-only`, () => {
  it("writes the app with the bot's addresses, under a name that no other bot's app has", async () => {
    expect(readIn(await appFolder())).toEqual(OURS)
  })

  it('runs although a program has made its quotes and hyphens typographic', async () => {
    const typed = appScript(BOT)
      .replaceAll(/"([^"]*)"/g, '“$1”')
      .replaceAll("'", '’')
      .replaceAll('--', '—')
    const folder = savedScript(typed)
    expect(await runSaved(folder, ['--write-only'])).toMatchObject({ status: 0, stderr: '' })
    expect(readIn(writtenIn(folder))).toEqual(OURS)
  })

  it('does without temporary files where there are none', async () => {
    const folder = savedScript()
    const missing = join(folder, 'missing')
    expect(await runSaved(folder, ['--write-only'], { TMPDIR: missing, TEMP: missing })).toMatchObject({ status: 0 })
    expect(readIn(writtenIn(folder))).toEqual(OURS)
  })

  it.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('says so if it can write nowhere', async () => {
    const folder = savedScript()
    chmodSync(folder, 0o500)
    const { status, stderr } = await runSaved(folder, ['--write-only'])
    chmodSync(folder, 0o700)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^The files of the app cannot be written \(EACCES\)\. Move .+\n$/)
  })

  it('says so on an old Node, with syntax that an old Node can read', async () => {
    const script = appScript(BOT)
    expect(script).not.toMatch(/^await |\?\.|\?\?|replaceAll/m)
    const folder = savedScript(`Object.defineProperty(process.versions, 'node', { value: '12.22.0' })\n${script}`)
    const { status, stderr } = await runSaved(folder, [])
    expect(status).toBe(1)
    expect(stderr).toMatch(/^This needs Node 20 or later, .+ https:\/\/nodejs\.org .+\n$/)
  })
})

it.each(['', 'a/b', 'a`b', '${a}', 'a"b', 'a b', '../a'])('is not made for the webhook id %j', (webhookId) => {
  expect(() => appScript({ gateway: GATEWAY, webhookId })).toThrow(TypeError)
})

it.each(['', 'webhook.botpress.cloud', 'https://a`b', 'https://${a}', 'javascript:alert(1)'])(
  'is not made for the gateway %j',
  (gateway) => {
    expect(() => appScript({ gateway, webhookId: WEBHOOK_ID })).toThrow(TypeError)
  },
)

// The stand-in for npx is a shell script.
describe.skipIf(process.platform === 'win32')(`${SCRIPT_NAME} uploads`, () => {
  const INFO = {
    projectUrl: 'https://app-eu1.hubspot.com/developer-projects/62515/project/botpress-inbox-q69g5fav',
    app: { id: 1160452, uid: 'botpress_inbox_app' },
  }

  /** `npx` is what a shell does with each call, of which `$*` are the words. */
  async function uploaded(npx: string) {
    const folder = savedScript()
    const log = join(folder, 'log')
    const ended = await runSaved(folder, [], withNpx(folder, `echo "$*" >> '${log}'\n${npx}`))
    const calls = readFileSync(log, 'utf8').trimEnd().split('\n')
    return { ...ended, calls: calls.map((call) => call.replace('--yes -p @hubspot/cli@8 ', '')) }
  }

  it('the app, then prints its App ID and a link to each page', async () => {
    const { status, stdout, calls } = await uploaded(
      `case "$*" in *info*) echo "a warning"; echo '${JSON.stringify(INFO)}';; esac`,
    )
    expect(status).toBe(0)
    expect(calls).toEqual(['hs project upload --force', 'hs project info --json'])
    const app = `${INFO.projectUrl}/component/botpress_inbox_app`
    expect(stdout).toContain(
      `add your account 62515 to the list. Do not install the app there.\n   ${app}/distribution`,
    )
    expect(stdout).toMatch(/App ID +1160452\n/)
    expect(stdout.split('\n').filter((line) => line.endsWith(`${app}/auth`))).toHaveLength(2)
    expect(stdout).toContain('https://app-eu1.hubspot.com/developer-overview/62515 > Keys')
    expect(stdout).not.toContain('a warning')
  })

  it('and says in words where the pages are if HubSpot does not', async () => {
    const { status, stdout } = await uploaded('true')
    expect(status).toBe(0)
    expect(stdout).toContain('HubSpot > Development > Projects > the app > distribution')
    expect(stdout).not.toContain('undefined')
  })

  it('after signing in, if that is necessary', async () => {
    const { status, stdout, calls } = await uploaded(
      `case "$*" in
        *auth*) touch ../signed-in;;
        *upload*) [ -e ../signed-in ] || { echo "Config file not found, run hs account auth" >&2; exit 1; };;
      esac`,
    )
    expect(status).toBe(0)
    expect(calls).toEqual([
      'hs project upload --force',
      'hs account auth --use-default-name --default',
      'hs project upload --force',
      'hs project info --json',
    ])
    expect(stdout).toContain('You are not signed in to HubSpot.')
  })

  it.each([
    ['HubSpot refuses the app', 'echo "Build failed" >&2; exit 1', /^Build failed\nHubSpot did not take the app\./],
    ['signing in fails', 'echo "run hs account auth" >&2; exit 1', /Signing in failed\. .+\n$/],
    ['there is no npx', 'exit 127', /^npx is missing\. .+ https:\/\/nodejs\.org .+\n$/],
  ])('or stops with one sentence if %s', async (_name, npx, says) => {
    const { status, stdout, stderr } = await uploaded(npx)
    expect(status).toBe(1)
    expect(stderr).toMatch(says)
    expect(stdout).not.toContain('uploaded')
  })
})
