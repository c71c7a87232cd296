import { wording } from '../botpress/hitl/wording'
import { BEN } from '../known-customers'
import { openChat } from '../page/open-chat'
import { arrived, inChat, inThread, receipt } from './seen'
import type { DemoScene } from './steps'

const ALAN = 'A-3892667'

/** Another customer, with a phone number, whom the card sends to the help desk. Their session stays open. */
export async function atTheHelpDesk({ stack, step }: DemoScene): Promise<void> {
  const { hubspot } = stack
  const helpDesk = hubspot.inboxes.find(({ type }) => type === 'HELP_DESK')
  if (!helpDesk) return
  const ben = openChat(stack, BEN)
  const threadId = () => hubspot.threads().find(({ inboxId }) => inboxId === helpDesk.id)?.id ?? 'none'

  await step('The bot sends another customer to the help desk', ben.name, async () => {
    await ben.say('How do I log in again?')
    await ben.waitFor(({ who, text }) => who === 'bot' && text?.includes('only a small bot') === true)
    const result = await ben.escalate({
      title: 'Cannot log in',
      description: 'The shop does not accept the password.',
      userEmail: BEN.phone,
      hitlSession: {
        inboxId: helpDesk.id,
        priority: 'HIGH',
        ticketProperties: [{ name: 'product_line', value: 'Web shop' }],
      },
    })
    if (!result.ok) throw new Error(result.message)
    return `in the help desk "${helpDesk.name}": ${inThread(hubspot.messages(threadId())[0])}`
  })

  await step('An agent of the help desk answers', ben.name, async () => {
    hubspot.agent.assign(threadId(), ALAN)
    await ben.waitFor(({ text }) => text === wording.agentAssigned)
    const { id } = hubspot.agent.reply(threadId(), { actorId: ALAN, text: 'Which address do you use, Ben?' })
    const seen = await ben.waitFor(({ who }) => who === 'agent')
    return [inChat(seen), await receipt(stack, threadId(), id)]
  })

  await step('The customer continues', ben.name, async () => {
    await ben.say('The one of my company.')
    return arrived(stack, threadId(), 'The one of my company.')
  })
}
