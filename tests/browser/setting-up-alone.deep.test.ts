import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { runSaved, savedScript, withNpx } from '../hubspot-app/run'
import { usesSettings } from './settings'
import { APP_FIELDS, agree, authorize, choose, clickAuthorize, field, follow, reads, save, saveApp } from './steps'

const openSettings = usesSettings()

/** HubSpot's command line as far as the script needs it: signed out at first. */
const commandLine = (folder: string, info: object): Record<string, string> =>
  withNpx(
    folder,
    `case "$*" in
  *auth*) touch '${folder}/signed-in';;
  *info*) echo '${JSON.stringify(info)}';;
  *) [ -e '${folder}/signed-in' ] || { echo "Config file not found, run hs account auth" >&2; exit 1; };;
esac`,
  )

const valueOf = (page: Page, label: string) => page.getByLabel(label, { exact: true }).inputValue()

// The stand-in for npx is a shell script.
describe.skipIf(process.platform === 'win32')('an owner who has no app', () => {
  it('comes from installing to connected in fourteen actions, with what the pages say alone', async () => {
    const { stack, settings } = await openSettings()
    stack.hubspot.switches.distribution = []
    let actions = 1
    const act = async <T>(action: () => Promise<T>): Promise<T> => {
      actions += 1
      return action()
    }

    const yourApp = await act(() => clickAuthorize(settings))
    const download = await act(async () => {
      const downloading = yourApp.waitForEvent('download')
      await yourApp.getByRole('link', { name: 'Download' }).click()
      return downloading
    })
    const command = (await yourApp.locator('pre').textContent()) ?? ''
    const folder = await act(async () => savedScript(readFileSync(await download.path(), 'utf8')))
    const { portalId, url, app } = stack.hubspot
    const projectUrl = `${url}/developer-projects/${portalId}/project/botpress-inbox-1`
    const path = commandLine(folder, { projectUrl, app: { id: Number(app.appId), uid: 'botpress_inbox_app' } })
    expect(command).toBe('node botpress-inbox.mjs')
    const { stdout } = await act(() => runSaved(folder, [], path))
    actions += 1
    expect(stdout).toContain('You are not signed in to HubSpot.')
    const printed = (pattern: RegExp) => pattern.exec(stdout)?.[1] ?? ''

    const hubspot = await settings.context().newPage()
    await act(async () => {
      await hubspot.goto(printed(/(http\S+\/distribution)/))
      await hubspot.getByLabel('Account number').fill(printed(/add your account (\d+)/))
      await follow(hubspot, hubspot.getByRole('button', { name: 'Add account' }))
    })
    await act(() => field(settings, 'App ID').fill(printed(/App ID +(\d+)/)))
    await act(async () => {
      await hubspot.goto(printed(/Client ID +(http\S+)/))
      await field(settings, 'Client ID').fill(await valueOf(hubspot, 'Client ID'))
    })
    await act(async () => field(settings, 'Client Secret').fill(await valueOf(hubspot, 'Client secret')))
    await act(async () => {
      await hubspot.goto(printed(/Developer API Key +(http\S+)/))
      await field(settings, 'Developer API Key').fill(await valueOf(hubspot, 'Developer API key'))
    })
    expect(await act(() => save(settings))).toBe('Saved.')
    const page = await act(async () => {
      const opened = await clickAuthorize(settings)
      await opened.getByRole('button', { name: 'Connect app' }).click()
      return opened
    })
    await act(() => choose(page, 'Sales inbox'))
    await reads(page, 'Connected')
    expect(actions).toBeLessThanOrEqual(14)
    for (const [name] of APP_FIELDS) expect(stack.botpress.configuration[name]).toBe(app[name])
  })

  it("is refused on HubSpot's page until the account is on the app's list", async () => {
    const { stack, settings } = await openSettings()
    stack.hubspot.switches.distribution = []
    await saveApp(settings, stack)
    const page = await clickAuthorize(settings)
    expect(await reads(page, 'The app could not be connected')).toContain('None of your accounts may install this app.')
    stack.hubspot.switches.distribution = [stack.hubspot.portalId, 243842777]
    await page.reload()
    await agree(page)
    await reads(page, 'Where should conversations appear?')
  })
})

describe('a test of the connection', () => {
  it("that gets no answer, because the channel is off in the inbox's settings, says so after two minutes", async () => {
    const { stack, settings } = await openSettings()
    await saveApp(settings, stack)
    const page = await authorize(settings)
    await choose(page, 'Sales inbox')
    await page.getByRole('button', { name: 'Test the inbox' }).click()
    await reads(page, 'Try it')
    await follow(settings, settings.getByRole('link', { name: 'Inbox settings' }))
    await follow(settings, settings.getByRole('button', { name: 'Switch off' }))
    const [thread] = stack.hubspot.threads()
    const id = thread?.id ?? ''
    stack.hubspot.agent.assign(id, 'A-3892666')
    stack.hubspot.agent.reply(id, { actorId: 'A-3892666', text: 'Hello?' })
    stack.hubspot.agent.close(id)
    await page.getByRole('heading', { name: 'Not everything arrived' }).waitFor({ timeout: 150_000 })
    const text = await reads(page, 'Not everything arrived')
    expect(text).toMatch(/Not seen within two minutes: check that the channel "Botpress" is switched on/)
    expect(text.match(/✓ Seen/g)).toHaveLength(2)
  }, 240_000)
})
