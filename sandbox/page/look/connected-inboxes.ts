import * as z from 'zod/mini'
import type { Botpress } from '../../botpress'
import type { InboxView } from '../view'

const connected = z.object({
  accounts: z.record(z.string(), z.object({ name: z.string(), type: z.string() })),
})

/** The inboxes in the integration's state; empty until an account is connected. */
export function connectedInboxes({ states }: Pick<Botpress, 'states'>): InboxView[] {
  const channel = connected.safeParse(states.find(({ name }) => name === 'channel')?.payload)
  if (!channel.success) return []
  return Object.entries(channel.data.accounts).map(([id, { name, type }]) => ({
    id,
    name,
    isHelpDesk: type === 'HELP_DESK',
  }))
}
