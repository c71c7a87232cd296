import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { standalone } from './manual'
import { run, runScript, type Ended } from './run'
import { filesIn, temporaryFolder } from './temporary'
import { MISTAKES, WEBHOOK_URL } from './urls'

const saved = (folder: string, webhookUrl = WEBHOOK_URL): string => {
  writeFileSync(join(folder, 'botpress-inbox.mjs'), standalone(webhookUrl))
  return folder
}

const runSaved = (folder: string, args: string[], path?: string): Promise<Ended> =>
  run(process.execPath, ['botpress-inbox.mjs', ...args], folder, path)

describe("hub.md's botpress-inbox.mjs", () => {
  it('writes the same bytes as npm run hubspot-app', async () => {
    const [folder, other] = [saved(temporaryFolder()), temporaryFolder()]
    const { status, stdout } = await runSaved(folder, ['--write-only'])
    await runScript([WEBHOOK_URL], other)
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: 'The HubSpot app was written to the folder botpress-inbox.\n',
    })
    expect(filesIn(join(folder, 'botpress-inbox'))).toEqual(filesIn(join(other, 'botpress-inbox')))
  })

  it('replaces the URL when it runs again with another one', async () => {
    const folder = saved(temporaryFolder(), `${WEBHOOK_URL}X`)
    await runSaved(folder, ['--write-only'])
    expect((await runSaved(saved(folder), ['--write-only'])).status).toBe(0)
    expect(Object.values(filesIn(join(folder, 'botpress-inbox'))).join('')).not.toContain(`${WEBHOOK_URL}X`)
  })

  it.each(MISTAKES)('refuses the URL $url', async ({ url }) => {
    const folder = saved(temporaryFolder(), url)
    const { status, stderr } = await runSaved(folder, ['--write-only'])
    expect(status).toBe(1)
    expect(stderr).toContain(`"${url}" is not your webhook URL.`)
    expect(existsSync(join(folder, 'botpress-inbox'))).toBe(false)
  })

  it('does not touch a folder that contains something else', async () => {
    const folder = saved(temporaryFolder())
    mkdirSync(join(folder, 'botpress-inbox'))
    writeFileSync(join(folder, 'botpress-inbox/notes.txt'), 'mine')
    const { status, stderr } = await runSaved(folder, ['--write-only'])
    expect(status).toBe(1)
    expect(stderr).toContain('The folder botpress-inbox contains something else.')
    expect(Object.keys(filesIn(join(folder, 'botpress-inbox')))).toEqual(['notes.txt'])
  })

  // The stand-in for npx is a shell script.
  describe.skipIf(process.platform === 'win32')('uploads', () => {
    const uploaded = async (npx: string) => {
      const folder = saved(temporaryFolder())
      const [bin, log] = [join(folder, 'bin'), join(folder, 'log')]
      mkdirSync(bin)
      writeFileSync(join(bin, 'npx'), `#!/bin/sh\necho "\${PWD##*/}: $*" >> '${log}'\n${npx}\n`)
      chmodSync(join(bin, 'npx'), 0o755)
      const ended = await runSaved(folder, [], [bin, process.env['PATH']].join(delimiter))
      return { ...ended, calls: readFileSync(log, 'utf8').trimEnd().split('\n') }
    }

    it('the app from its folder, then shows its App ID', async () => {
      const { status, stdout, calls } = await uploaded('echo "App ID: 1160452"')
      expect(status).toBe(0)
      expect(calls).toEqual([
        'botpress-inbox: --yes -p @hubspot/cli@8 hs project upload --force',
        'botpress-inbox: --yes -p @hubspot/cli@8 hs project info',
      ])
      expect(stdout).toMatch(/App ID: 1160452[^]*The app is uploaded/)
    })

    it('and stops with the reason if HubSpot refuses', async () => {
      const { status, stdout, stderr, calls } = await uploaded('echo "Config file not found" >&2; exit 1')
      expect(status).toBe(1)
      expect(calls).toHaveLength(1)
      expect(stderr).toMatch(/^Config file not found\n"hs project upload --force" failed/)
      expect(stdout).not.toContain('uploaded')
    })
  })
})
