import type { Stack } from '../stack'
import { atTheHelpDesk } from './at-the-help-desk'
import { atTheInbox } from './at-the-inbox'
import { counted, type Beat, type Say } from './steps'

/**
 * Plays escalations at an inbox and at a help desk, and tells each step as it has happened. The last customer is left
 * with their agent. Throws when a step does not arrive where it should.
 */
export async function playHandoff(stack: Stack, say: Say, beat: Beat = async () => {}): Promise<void> {
  const { hubspot, botpress } = stack
  const step = counted(stack, say, beat)

  await step('The owner saves the configuration', async () => {
    const [inboxId, ...additionalInboxIds] = hubspot.inboxes.map(({ id }) => id)
    botpress.configuration = { ...botpress.configuration, inboxId, additionalInboxIds }
    const saved = await botpress.register()
    if (!saved.ok) throw new Error(saved.message)
    return stack.log.at(-1)?.replace(/^info: /, '') ?? ''
  })
  await atTheInbox(stack, step, beat)
  await atTheHelpDesk(stack, step, beat)
  await stack.settled()
}
