import type { Customer } from '../botpress'
import { botSays } from '../botpress/chat/bot'
import { wording } from '../botpress/hitl/wording'
import { ADA } from '../known-customers'
import { brokenVase, newVase } from './pictures'
import { arrived, inChat, inThread, receipt } from './seen'
import type { DemoScene } from './steps'

const GRACE = 'A-3892666'

/** In every format that HubSpot's editor offers. */
export const ANSWER = `<p>Hello Ada, I am sorry about that. <strong>A new vase costs you nothing.</strong></p>
<blockquote>What arrives broken is replaced, <em>always</em>.</blockquote>
<ol><li>Send me a picture of the broken one</li><li>Keep the box</li></ol>
<p>More about it: <a href="https://shop.example.com/broken">broken in the post</a></p>`

/** One customer with an e-mail address and one agent exchange every kind of message. */
export async function atTheInbox(scene: DemoScene, ada: Customer): Promise<void> {
  const threadId = await untilAnAgentHasJoined(scene, ada)
  await exchangeMessages(scene, ada, threadId)
  await theEnd(scene, ada, threadId)
}

async function untilAnAgentHasJoined({ stack: { hubspot }, step }: DemoScene, ada: Customer): Promise<string> {
  let threadId = 'none'
  await step('The customer talks to the bot', ada.name, async () => {
    await ada.say('My order arrived broken.')
    await ada.waitFor(({ who, text }) => who === 'bot' && text?.includes('a person decides') === true)
    return ada.messages().map(inChat)
  })

  await step('The bot escalates', ada.name, async () => {
    const escalation = { title: 'Broken order', description: 'Order 1042, a blue vase.', userEmail: ADA.email }
    const result = await ada.escalate(escalation)
    if (!result.ok) throw new Error(result.message)
    threadId = hubspot.threads()[0]?.id ?? threadId
    const told = await ada.waitFor(({ text }) => text === wording.escalationStarted)
    const entries = hubspot
      .messages(threadId)
      .map((item) => `in HubSpot${item.type === 'COMMENT' ? ', as a note' : ''}: ${inThread(item)}`)
    return [inChat(told), ...entries]
  })

  await step('An agent takes the thread', ada.name, async () => {
    hubspot.agent.assign(threadId, GRACE)
    return inChat(await ada.waitFor(({ text }) => text === wording.agentAssigned))
  })
  return threadId
}

async function exchangeMessages({ stack, step }: DemoScene, ada: Customer, threadId: string): Promise<void> {
  const { hubspot, botpress } = stack
  await step('The customer writes, the agent reads', ada.name, async () => {
    await ada.say('Hello, is anyone there?')
    return arrived(stack, threadId, 'Hello, is anyone there?')
  })

  await step('The agent answers, the customer reads', ada.name, async () => {
    const text = 'Hello Ada, I am sorry about that. A new vase costs you nothing.'
    const { id } = hubspot.agent.reply(threadId, { actorId: GRACE, text, richText: ANSWER })
    const seen = await ada.waitFor(({ who }) => who === 'agent')
    return [inChat(seen), await receipt(stack, threadId, id)]
  })

  await step('The customer sends a picture', ada.name, async () => {
    await ada.say('This is how it came:')
    await arrived(stack, threadId, 'This is how it came:')
    const imageUrl = botpress.upload(brokenVase())
    await ada.send({ type: 'image', payload: { imageUrl } })
    return arrived(stack, threadId, 'broken-vase.png')
  })

  await step('The agent sends a picture', ada.name, async () => {
    const { id } = hubspot.agent.reply(threadId, {
      actorId: GRACE,
      text: 'It leaves today!',
      attachments: [newVase()],
    })
    const text = await ada.waitFor((line) => line.text === 'It leaves today!')
    const picture = await ada.waitFor(({ who, type }) => who === 'agent' && type === 'image')
    return [inChat(text), inChat(picture), await receipt(stack, threadId, id)]
  })
}

async function theEnd({ stack, step }: DemoScene, ada: Customer, threadId: string): Promise<void> {
  const { hubspot } = stack
  await step('The agent closes, the bot resumes', ada.name, async () => {
    hubspot.agent.close(threadId, GRACE)
    const told = await ada.waitFor(({ text }) => text === wording.agentClosed)
    return [inChat(told), inChat(await ada.waitFor(({ text }) => text === botSays.back))]
  })

  await step('An agent who writes too late gets an error', ada.name, async () => {
    const { id } = hubspot.agent.reply(threadId, { actorId: GRACE, text: 'One more thing!' })
    return receipt(stack, threadId, id)
  })
}
