import { readFileSync, readdirSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { appScript, SCRIPT_NAME } from '../../hubspot-app/script'
import { mistakeIn } from '../../scripts/webhook-url.mjs'
import { run, runCommand } from './run'
import { temporaryFolder } from './temporary'
import { GATEWAY, MISTAKES, WEBHOOK_ID, WEBHOOK_URL } from './urls'

describe('npm run hubspot-app', () => {
  it('writes the script that the page "Your HubSpot app" offers', async () => {
    const folder = temporaryFolder()
    const { status, stdout, stderr } = await runCommand([WEBHOOK_URL], folder)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toContain(`node ${SCRIPT_NAME}`)
    const script = readFileSync(join(folder, SCRIPT_NAME), 'utf8')
    expect(script).toBe(appScript({ gateway: GATEWAY, webhookId: WEBHOOK_ID }))
  })

  it('keeps the path of a tunnel', async () => {
    const folder = temporaryFolder()
    await runCommand(['https://tunnel.example.com/webhooks/sandbox'], folder)
    const script = readFileSync(join(folder, SCRIPT_NAME), 'utf8')
    expect(script).toBe(appScript({ gateway: 'https://tunnel.example.com/webhooks', webhookId: 'sandbox' }))
  })

  it.each(['hubspot-hitl', 'a-handle/hubspot-hitl'])(
    'has the redirect URL of all bots in an app that they share: %s',
    async (name) => {
      const folder = temporaryFolder()
      await runCommand([`${GATEWAY}/integration/global/${name}`], folder)
      const script = readFileSync(join(folder, SCRIPT_NAME), 'utf8')
      expect(script).toBe(appScript({ gateway: GATEWAY, webhookId: `integration/global/${name}` }))
    },
  )

  it('runs from package.json', async () => {
    const { status, stdout } = await run('npm', ['run', 'hubspot-app'], import.meta.dirname)
    expect(status).toBe(1)
    expect(stdout).toContain('tsx scripts/hubspot-app.mts')
  })

  it('says so if the file cannot be written', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, SCRIPT_NAME))
    const { status, stderr } = await runCommand([WEBHOOK_URL], folder)
    expect(status).toBe(1)
    expect(stderr).toMatch(/^botpress-inbox\.mjs cannot be written: .+\n$/)
  })

  describe('refuses, and writes nothing, when', () => {
    const empty = temporaryFolder(afterAll)
    const refused = async (args: string[]): Promise<string> => {
      const { status, stdout, stderr } = await runCommand(args, empty)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).not.toContain('    at ')
      expect(readdirSync(empty)).toEqual([])
      return stderr
    }

    it('the URL has a mistake, and names it', async () => {
      expect(await refused([`${WEBHOOK_URL}/`])).toBe(`${mistakeIn(`${WEBHOOK_URL}/`)}\n`)
    })

    it.each(MISTAKES)('the URL is $url, in one line', ({ url, says }) => {
      expect(`${mistakeIn(url)}\n`).toContain(says)
      expect(mistakeIn(url)).toMatch(/^.+$/)
    })

    it.concurrent.each([[[]], [['--help']], [[WEBHOOK_URL, 'a']]])(
      'the arguments are %j, and shows an example',
      async (args) => {
        expect(await refused(args)).toContain(`npm run hubspot-app -- ${WEBHOOK_URL}`)
      },
    )
  })
})
