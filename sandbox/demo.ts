import type { Customer } from './botpress'
import type { Stack } from './stack'

type Say = (line: string) => void

const GRACE = 'A-3892666'

/**
 * Plays one escalation from the first question to the bot's return, and tells each step as it has happened.
 * Throws when a step does not arrive where it should.
 */
export async function playHandoff(stack: Stack, say: Say): Promise<void> {
  const { hubspot, botpress } = stack
  const step = counter(stack, say)

  await step('The owner saves the configuration', async () => {
    const saved = await botpress.register()
    if (!saved.ok) throw new Error(saved.message)
    return stack.log.at(-1)?.replace(/^info: /, '') ?? ''
  })

  hubspot.contacts.add({ email: 'ada@example.com', firstname: 'Ada', lastname: 'Example' })
  const ada = botpress.chat.open({ name: 'Ada Example' })
  await step('The customer talks to the bot', async () => {
    await ada.say('My order arrived broken.')
    await ada.waitFor(({ who }) => who === 'bot')
    return lines(ada)
  })

  await step('The bot escalates', async () => {
    const result = await ada.escalate({
      title: 'Broken order',
      description: 'Order 1042, a blue vase.',
      userEmail: 'ada@example.com',
    })
    if (!result.ok) throw new Error(result.message)
    const [thread] = hubspot.threads()
    if (!thread) throw new Error('HubSpot has no thread')
    return hubspot.messages(thread.id).map((each) => `${each.type}: ${textOf(each)}`)
  })
  const threadId = hubspot.threads()[0]?.id ?? ''

  await step('An agent takes the thread', async () => {
    hubspot.agent.assign(threadId, GRACE)
    return lineOf(await ada.waitFor(({ who }) => who === 'system'))
  })

  await step('The customer writes, the agent reads', async () => {
    await ada.say('Hello, is somebody there?')
    await until(() => hubspot.messages(threadId).some((each) => textOf(each) === 'Hello, is somebody there?'))
    return `in HubSpot: ${textOf(hubspot.messages(threadId).at(-1))}`
  })

  await step('The agent answers, the customer reads', async () => {
    const { id } = hubspot.agent.reply(threadId, { actorId: GRACE, text: 'Yes, I am Grace. A new vase is on its way.' })
    const seen = await ada.waitFor(({ who }) => who === 'agent')
    await hubspot.webhook.settled()
    return [lineOf(seen), `in HubSpot the reply is marked ${statusOf(stack, threadId, id)}`]
  })

  await step('The agent closes, the bot resumes', async () => {
    hubspot.agent.close(threadId, GRACE)
    return lineOf(await ada.waitFor(({ text }) => text === 'You are back with the bot.'))
  })
  await stack.settled()
}

/** Numbers the steps and says what each of them cost. */
function counter({ hubspot, botpress }: Stack, say: Say) {
  let number = 0
  return async (title: string, run: () => Promise<string | string[]>): Promise<void> => {
    const [toHubSpot, toBotpress, started] = [hubspot.log.calls.length, botpress.log.calls.length, performance.now()]
    const outcome = await run()
    const ms = Math.round(performance.now() - started)
    const calls = [hubspot.log.calls.length - toHubSpot, botpress.log.calls.length - toBotpress]
    say(`${++number}. ${title} (calls to HubSpot: ${calls[0]}, to Botpress: ${calls[1]}; ${ms} ms)`)
    for (const line of [outcome].flat()) say(`   ${line.replaceAll('\n', '\n   ')}`)
  }
}

type Line = Awaited<ReturnType<Customer['waitFor']>>

const lineOf = ({ who, name, text, type }: Line): string => `${name ?? who}: ${text ?? type}`

const lines = (customer: Customer): string[] => customer.messages().map(lineOf)

type Item = ReturnType<Stack['hubspot']['messages']>[number]

const textOf = (item: Item | undefined): string => (item && 'text' in item ? (item.text ?? '') : '')

function statusOf({ hubspot }: Stack, threadId: string, messageId: string): string {
  const message = hubspot.messages(threadId).find(({ id }) => id === messageId)
  return message && 'status' in message ? (message.status?.statusType ?? 'unknown') : 'unknown'
}

async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 5000
  while (!isSo()) {
    if (Date.now() > end) throw new Error('It did not arrive within 5 seconds')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
