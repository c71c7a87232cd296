import { ADA, addContacts, BEN, nameOf } from '../known-customers'
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
  const scene = { stack, step: counted(stack, say, beat), beat }
  // Before anything else: whoever looks on sees the customer who has come first.
  const ada = botpress.chat.open({ name: nameOf(ADA) })
  addContacts(hubspot, [ADA, BEN])

  await scene.step('The owner saves the configuration', async () => {
    const [inboxId = '', helpDeskId = ''] = (['INBOX', 'HELP_DESK'] as const).map(
      (wanted) => hubspot.inboxes.find(({ type }) => type === wanted)?.id,
    )
    botpress.configuration = { ...botpress.configuration, inboxId, additionalInboxIds: [helpDeskId] }
    const saved = await botpress.register()
    if (!saved.ok) throw new Error(saved.message)
    return stack.log.at(-1)?.replace(/^info: /, '') ?? ''
  })
  await atTheInbox(scene, ada)
  await atTheHelpDesk(scene)
  await stack.settled()
}
