import { cpSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { run, runScript } from './run'
import { filesIn, temporaryFolder } from './temporary'
import { MISTAKES, REDIRECT_URL, WEBHOOK_URL } from './urls'

const OTHER_URL = `${WEBHOOK_URL.slice(0, -1)}W`

const APP = 'src/app/app-hsmeta.json'
const WEBHOOKS = 'src/app/webhooks/webhooks-hsmeta.json'

const appSchema = z.object({ config: z.object({ auth: z.object({ redirectUrls: z.array(z.string()) }) }) })
const webhooksSchema = z.object({ config: z.object({ settings: z.object({ targetUrl: z.string() }) }) })

/** The URLs that HubSpot would read from a folder's files. */
const urlsIn = (files: Record<string, string>) => ({
  redirectUrls: appSchema.parse(JSON.parse(files[APP] ?? '')).config.auth.redirectUrls,
  targetUrl: webhooksSchema.parse(JSON.parse(files[WEBHOOKS] ?? '')).config.settings.targetUrl,
})

describe('npm run hubspot-app', () => {
  it('writes the app with both URLs and says how to upload it and where to find the values', async () => {
    const folder = temporaryFolder()
    const { status, stdout, stderr } = await runScript([WEBHOOK_URL], folder)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(readdirSync(folder)).toEqual(['botpress-inbox'])
    const files = filesIn(join(folder, 'botpress-inbox'))
    expect(Object.keys(files)).toEqual(['hsproject.json', APP, WEBHOOKS])
    expect(urlsIn(files)).toEqual({ redirectUrls: [REDIRECT_URL], targetUrl: WEBHOOK_URL })
    for (const words of [
      'npx --yes -p @hubspot/cli@8 hs account auth --use-default-name --default\n',
      'npx --yes -p @hubspot/cli@8 hs project upload --force\n',
      'npx --yes -p @hubspot/cli@8 hs project info',
      'App ID',
      'Client ID',
      'Client Secret',
      'Developer API Key',
      'Distribution',
    ]) {
      expect(stdout).toContain(words)
    }
  })

  it('runs from package.json and accepts another folder', async () => {
    const folder = join(temporaryFolder(), 'with blanks', 'app')
    const { status, stdout } = await run('npm', ['run', 'hubspot-app', '--', WEBHOOK_URL, folder], import.meta.dirname)
    expect(status).toBe(0)
    expect(stdout).toContain(folder)
    expect(Object.keys(filesIn(folder))).toHaveLength(3)
  })

  it("derives the sandbox's redirect URL from its tunnel's webhook URL", async () => {
    const folder = temporaryFolder()
    await runScript(['https://tunnel.example.com/webhooks/sandbox', 'app'], folder)
    expect(urlsIn(filesIn(join(folder, 'app')))).toEqual({
      redirectUrls: ['https://tunnel.example.com/webhooks/oauth'],
      targetUrl: 'https://tunnel.example.com/webhooks/sandbox',
    })
  })

  it('changes nothing for the same URL and says so', async () => {
    const folder = temporaryFolder()
    await runScript([WEBHOOK_URL], folder)
    const file = join(folder, 'botpress-inbox/hsproject.json')
    const before = { files: filesIn(folder), writtenAt: statSync(file).mtimeMs }
    const { status, stdout } = await runScript([WEBHOOK_URL], folder)
    expect(status).toBe(0)
    expect(stdout).toContain('Nothing has changed')
    expect(stdout).toContain('project upload')
    expect({ files: filesIn(folder), writtenAt: statSync(file).mtimeMs }).toEqual(before)
  })

  it('replaces the URL and says which one stops receiving events', async () => {
    const [folder, fresh] = [temporaryFolder(), temporaryFolder()]
    await runScript([WEBHOOK_URL], folder)
    const { status, stdout } = await runScript([OTHER_URL], folder)
    await runScript([OTHER_URL], fresh)
    expect(status).toBe(0)
    expect(stdout).toContain(`now has ${OTHER_URL}`)
    expect(stdout).toContain(`${WEBHOOK_URL} receives no more events`)
    expect(filesIn(folder)).toEqual(filesIn(fresh))
  })

  it.each([
    ['other settings', WEBHOOKS, '10', '20'],
    ['the webhook URL as redirect URL', APP, REDIRECT_URL, WEBHOOK_URL],
  ])('updates an older copy with %s and names the file', async (_name, file, now, before) => {
    const [folder, fresh] = [temporaryFolder(), temporaryFolder()]
    await runScript([WEBHOOK_URL], fresh)
    await runScript([WEBHOOK_URL], folder)
    const path = join(folder, 'botpress-inbox', file)
    writeFileSync(path, readFileSync(path, 'utf8').replace(now, before))
    const { stdout } = await runScript([WEBHOOK_URL], folder)
    expect(stdout).toContain(`was updated: ${file}.`)
    expect(filesIn(folder)).toEqual(filesIn(fresh))
  })

  describe('refuses, and writes nothing, when', () => {
    const refused = async (args: string[], folder: string): Promise<string> => {
      const before = filesIn(folder)
      const { status, stdout, stderr } = await runScript(args, folder)
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' })
      expect(stderr).not.toContain('    at ')
      expect(filesIn(folder)).toEqual(before)
      return stderr
    }

    const empty = temporaryFolder(afterAll)

    it.concurrent.each(MISTAKES)('the URL is $url', async ({ url, says }) => {
      const sentence = await refused([url], empty)
      expect(sentence).toContain(says)
      expect(sentence).toMatch(/^.+\n$/)
    })

    it.concurrent.each([[[]], [['--help']], [[WEBHOOK_URL, 'a', 'b']]])(
      'the arguments are %j, and shows an example',
      async (args) => {
        expect(await refused(args, empty)).toContain(`npm run hubspot-app -- ${WEBHOOK_URL}`)
      },
    )

    it('the folder contains something else', async () => {
      const folder = temporaryFolder()
      mkdirSync(join(folder, 'botpress-inbox'))
      writeFileSync(join(folder, 'botpress-inbox/notes.txt'), 'mine')
      expect(await refused([WEBHOOK_URL], folder)).toContain('botpress-inbox contains something else.')
    })

    it('the folder contains another project', async () => {
      const folder = temporaryFolder()
      writeFileSync(
        join(folder, 'hsproject.json'),
        '{ "name": "other", "srcDir": "src", "platformVersion": "2026.09" }',
      )
      expect(await refused([WEBHOOK_URL, '.'], folder)).toContain('another HubSpot project, "other"')
    })

    it('the folder or its parent is a file', async () => {
      const folder = temporaryFolder()
      writeFileSync(join(folder, 'botpress-inbox'), 'mine')
      expect(await refused([WEBHOOK_URL], folder)).toContain('botpress-inbox is a file.')
      expect(await refused([WEBHOOK_URL, 'botpress-inbox/app'], folder)).toContain(
        'botpress-inbox/app cannot be written',
      )
    })

    it('the folder is the template', async () => {
      const folder = temporaryFolder()
      cpSync(join(import.meta.dirname, '../../hubspot-app'), folder, { recursive: true })
      expect(await refused([WEBHOOK_URL, '.'], folder)).toContain('contains the template')
    })
  })
})
