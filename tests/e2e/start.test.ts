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

/** Status and content type of the page. */
async function pageAt(address: string | undefined): Promise<string> {
  const answer = await fetch(String(address).replace('localhost', '127.0.0.1'))
  return `${answer.status} ${answer.headers.get('content-type')}`
}

/** What the page is told first. */
async function isReplayed(address: string | undefined): Promise<unknown> {
  const { body } = await fetch(new URL('/changes', String(address).replace('localhost', '127.0.0.1')))
  const { value } = (await body?.getReader().read()) ?? {}
  return /"isReplayed":(\w+)/.exec(new TextDecoder().decode(value))?.[1] === 'true'
}

const PAGE = expect.stringMatching(/^200 text\/html/)

describe('npm start', { timeout: 60_000 }, () => {
  it('-- --headless plays a handoff in the terminal and exits with 0', async () => {
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
      '10. An agent who writes too late gets an error',
      '11. The bot sends another customer to the help desk',
      '12. An agent of the help desk answers',
      '13. The customer continues',
    ])
    for (const outcome of [
      'Connected to the inbox "Sales inbox" (481939) and the help desk "Support help desk"',
      'in HubSpot, as a note: Conversation so far:',
      'A human agent has joined the conversation.',
      'Grace Sample: Hello Ada, I am sorry about that. **A new vase costs you nothing.**',
      'in HubSpot: image broken-vase.png',
      'Grace Sample: image new-vase.png',
      'in HubSpot the reply is marked SENT',
      'bot: You are back with the bot.',
      'in HubSpot the reply is marked FAILED: Not delivered: the session has ended',
      'in the help desk "Support help desk": Cannot log in',
    ]) {
      expect(told()).toContain(outcome)
    }
  })

  it("with a secret of the publisher's serves a page for each of two bots, which have nothing to fill in", async () => {
    const { tells } = start({ environment: { SECRET_HUBSPOT_CLIENT_ID: 'publisher' } })
    const [, first, second] = await tells(/first-owner".+ (http\S+)\n.+second-owner".+ (http\S+)\n/)
    for (const address of [first, second]) expect(await pageAt(address)).toEqual(PAGE)
    expect(first).not.toBe(second)
  })

  it('-- --headless exits with 1 and names the step if a step fails', async () => {
    const { status, told } = start({ options: ['--headless'], preload: NO_WEBHOOKS })
    expect(await status).toBe(1)
    expect(told()).toMatch(/^ 3\. The bot escalates/m)
    expect(told()).toMatch(/^Step 4 failed: An agent takes the thread\.\nNo such message within 5000 ms/m)
    expect(told()).not.toMatch(/^ 4\./m)
  })

  it('-- --headless exits with 1 if it is interrupted', async () => {
    const { tells, end, status } = start({ options: ['--headless'] })
    await tells(/ 1\. The owner/)
    end('SIGINT')
    expect(await status).toBe(1)
  })

  it('plays a handoff, keeps serving the page and exits with 0 on Ctrl+C', async () => {
    const { tells, end, status } = start({})
    const [, address] = await tells(/13\. [^]+Continue in a browser, which you open yourself\. [^\n]+\n(http:\S+)\n$/)
    expect(await pageAt(address)).toEqual(PAGE)
    end('SIGINT')
    expect(await status).toBe(0)
  })

  it('-- --demo leads to a page that replays the handoff, and can be interrupted', async () => {
    const { tells, told, end, status } = start({ options: ['--demo'] })
    await tells(/ 2\. The customer talks/)
    expect(told()).not.toContain('13. ')
    end('SIGTERM')
    expect(await status).toBe(0)
    expect(told()).not.toMatch(/http:/)
  })

  it('ends when the shell that npm started it in ends', async () => {
    const { tells, end, status } = start({ options: ['--demo'], inShell: true })
    const [, address] = await tells(/Watch it in a browser[^]+(http:\S+)\n$/)
    expect(await isReplayed(address)).toBe(true)
    end('SIGTERM')
    await status
    await expect(pageAt(address)).rejects.toThrow('fetch failed')
  })

  it('uses the HubSpot account in the environment', async () => {
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
    await tells(/Connected to the help desk "Support help desk" \(481940\) of HubSpot account 243842089/)
    const [, answers, address] = await tells(
      /Reply as an agent at (http:\S+)\. Chat as the customer in a browser[^]+\n(http:\S+)\n$/,
    )
    expect([await pageAt(address), answers]).toEqual([PAGE, account.url])
    expect(account.channels()).toMatchObject([{ webhookUrl: `http://127.0.0.1:${port}/webhooks/sandbox` }])
    end('SIGTERM')
    expect(await status).toBe(0)
    await account.close()
  })

  it.each([
    ['an unknown option', { options: ['--fast'] }, `Unknown option: --fast\n\n${USAGE}\n`],
    ['an incomplete account', { environment: { HUBSPOT_APP_ID: '1' } }, /^ {2}HUBSPOT_CLIENT_ID is missing\.$/m],
    ['an invalid port', { environment: { PORT: '99999' } }, /^PORT is "99999", which is not a port number\./],
  ])('refuses %s', async (_, started, sentence) => {
    const { status, told } = start(started)
    expect(await status).toBe(1)
    expect(told()).toMatch(sentence)
  })
})
