import { ADA, addContacts, BEN, nameOf } from '../known-customers'
import { openChat } from '../page/open-chat'
import type { Stack } from '../stack'
import type { Step } from '../story'
import { atTheHelpDesk } from './at-the-help-desk'
import { atTheInbox } from './at-the-inbox'
import { counted, type Say } from './steps'

/**
 * Plays escalations to an inbox and to a help desk, and reports each step once it has succeeded. The last session stays
 * open. Throws if a step fails.
 */
export async function playHandoff(stack: Stack, say: Say): Promise<Step[]> {
  const { hubspot, botpress } = stack
  const steps: Step[] = []
  const scene = { stack, step: counted(stack, say, steps) }
  // Opened first, because the page shows the first customer.
  const ada = openChat(stack, ADA)
  addContacts(hubspot, [ADA, BEN])

  await scene.step('The owner saves the configuration', nameOf(ADA), async () => {
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
  return steps
}
