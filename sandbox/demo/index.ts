import { ADA, addContacts, BEN, nameOf } from '../known-customers'
import type { Stack } from '../stack'
import { atTheHelpDesk } from './at-the-help-desk'
import { atTheInbox } from './at-the-inbox'
import { counted, type Beat, type Say } from './steps'

/**
 * Plays escalations to an inbox and to a help desk, and reports each step once it has succeeded. The last session stays
 * open. Throws if a step fails.
 */
export async function playHandoff(stack: Stack, say: Say, beat: Beat = async () => {}): Promise<void> {
  const { hubspot, botpress } = stack
  const scene = { stack, step: counted(stack, say, beat), beat }
  // Opened first, because the page shows the first customer.
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
