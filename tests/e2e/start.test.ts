import { afterEach, describe, expect, it } from 'vitest'
import { USAGE } from '../../sandbox/command-line'
import { startHubSpot } from '../../sandbox/hubspot'
import { freePort } from '../support/free-port'
import { startProcess, type SandboxProcess } from '../support/sandbox-process'

const NO_WEBHOOKS = new URL('../support/no-webhooks.mts', import.meta.url).href

let sandbox: SandboxProcess | undefined
afterEach(async () => {
  sandbox?.kill()
  await sandbox?.status
})

const start = (started: Parameters<typeof startProcess>[0]): SandboxProcess => {
  sandbox = startProcess(started)
  return sandbox
}

/** What somebody finds who opens the page. */
async function pageAt(address: string | undefined): Promise<string> {
  const answer = await fetch(String(address).replace('localhost', '127.0.0.1'))
  return `${answer.status} ${answer.headers.get('content-type')}`
}

const PAGE = expect.stringMatching(/^200 text\/html/)

describe('npm start', { timeout: 60_000 }, () => {
  it('--headless plays a handoff in the terminal and ends well', async () => {
    const { status, told } = start({ options: ['--headless'] })
    expect(await status).toBe(0)
    expect(told()).not.toMatch(/localhost|Ctrl/)
    expect(told().match(/^ ?\d+\. .+(?= \()/gm)).toEqual([
      ' 1. The owner saves the configuration',
      ' 2. The customer talks to the bot',
      ' 3. The bot escalates',
      ' 4. An agent takes the thread',
      ' 5. The customer writes, the agent reads',
      ' 6. The agent answers, the customer reads',
      ' 7. The customer sends a picture',
      ' 8. The agent sends a picture',
      ' 9. The agent closes, the bot resumes',
      '10. An agent who writes too late is told',
      '11. The bot sends another customer to the help desk',
      '12. An agent of the help desk answers',
      '13. The customer goes on',
    ])
    for (const outcome of [
      'Connected to the inbox "Sales inbox" and the help desk "Support help desk"',
      'in HubSpot, as a note: Conversation so far:',
      'A human agent has joined the conversation.',
      'Grace Sample: Hello Ada, I am sorry about that. **A new vase costs you nothing.**',
      'in HubSpot: image broken-vase.png',
      'Grace Sample: image new-vase.png',
      'in HubSpot the reply is marked SENT',
      'bot: You are back with the bot.',
      'in HubSpot the reply is marked FAILED: Not delivered: the session has ended',
      'in the help desk "Support help desk": Ben Muster asked the bot for a person.',
    ]) {
      expect(told()).toContain(outcome)
    }
  })

  it('--headless ends badly when a step does not arrive, and names it', async () => {
    const { status, told } = start({ options: ['--headless'], preload: NO_WEBHOOKS })
    expect(await status).toBe(1)
    expect(told()).toMatch(/^ 3\. The bot escalates/m)
    expect(told()).toMatch(/^Step 4 failed: An agent takes the thread\.\nNo such message within 5000 ms/m)
    expect(told()).not.toMatch(/^ 4\./m)
  })

  it('--headless does not end well when it is ended before', async () => {
    const { tells, end, status } = start({ options: ['--headless'] })
    await tells(/ 1\. The owner/)
    end('SIGINT')
    expect(await status).toBe(1)
  })

  it('plays, keeps the page and ends well by Ctrl+C', async () => {
    const { tells, end, status } = start({})
    const [, address] = await tells(/13\. [^]+Go on by hand: (http:\S+)/)
    expect(await pageAt(address)).toEqual(PAGE)
    end('SIGINT')
    expect(await status).toBe(0)
  })

  it('--demo has the page up before anything happens, and can be ended meanwhile', async () => {
    const { tells, told, end, status } = start({ options: ['--demo'] })
    const [, address] = await tells(/Watch it on (http:\S+)/)
    expect(told()).not.toContain(' 1. ')
    expect(await pageAt(address)).toEqual(PAGE)
    await tells(/ 2\. The customer talks/)
    end('SIGTERM')
    expect(await status).toBe(0)
    expect(told()).not.toContain('Go on by hand')
  })

  it('ends with the shell that npm has started it in', async () => {
    const { tells, end, status } = start({ options: ['--demo'], inShell: true })
    const [, address] = await tells(/Watch it on (http:\S+)/)
    end('SIGTERM')
    await status
    await expect(pageAt(address)).rejects.toThrow('fetch failed')
  })

  it('drives a HubSpot account that stands in the environment', async () => {
    const account = await startHubSpot()
    const { developerApiKey, appId, clientId, clientSecret } = account.app
    const port = String(await freePort())
    const { tells, end, status } = start({
      environment: {
        HUBSPOT_DEVELOPER_API_KEY: developerApiKey,
        HUBSPOT_APP_ID: appId,
        HUBSPOT_CLIENT_ID: clientId,
        HUBSPOT_CLIENT_SECRET: clientSecret,
        HUBSPOT_REFRESH_TOKEN: account.tokens.issueRefreshToken(),
        HUBSPOT_INBOX_ID: '481940',
        HUBSPOT_API_URL: account.url,
        HUBSPOT_APP_URL: account.url,
        SANDBOX_PUBLIC_URL: `http://127.0.0.1:${port}`,
        SANDBOX_PUBLIC_PORT: port,
      },
    })
    await tells(/Connected to the help desk "Support help desk" of HubSpot account 243842089/)
    const [, address, answers] = await tells(/Write as the customer on (http:\S+), answer on (http:\S+)/)
    expect([await pageAt(address), answers]).toEqual([PAGE, account.url])
    expect(account.channels()).toMatchObject([{ webhookUrl: `http://127.0.0.1:${port}/webhooks/sandbox` }])
    end('SIGTERM')
    expect(await status).toBe(0)
    await account.close()
  })

  it.each([
    ['an option that it has not got', { options: ['--fast'] }, `There is no option --fast.\n\n${USAGE}\n`],
    ['half an account', { environment: { HUBSPOT_APP_ID: '1' } }, /^ {2}HUBSPOT_CLIENT_ID is missing\.$/m],
    ['a port that is none', { environment: { PORT: '99999' } }, /^PORT is "99999", which is no port number\./],
  ])('refuses %s', async (_, started, sentence) => {
    const { status, told } = start(started)
    expect(await status).toBe(1)
    expect(told()).toMatch(sentence)
  })
})
