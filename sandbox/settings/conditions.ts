import type { Stack } from '../stack'

export type Condition = {
  name: string
  label: string
  holds: (stack: Stack) => boolean
  make: (stack: Stack, isSo: boolean) => void
}

const LATE_MS = 5_000

/** Problems of an account, for trying out the integration's error messages. */
export const CONDITIONS: readonly Condition[] = [
  {
    name: 'no-custom-channels',
    label: 'The plan has no custom channels',
    holds: ({ hubspot }) => !hubspot.switches.acceptsCustomChannels,
    make: ({ hubspot }, isSo) => {
      hubspot.switches.acceptsCustomChannels = !isSo
    },
  },
  {
    name: 'no-inbox',
    label: 'There is neither an inbox nor a help desk',
    holds: ({ hubspot }) => hubspot.inboxes.every(({ archived }) => archived),
    make: ({ hubspot }, isSo) => {
      for (const inbox of hubspot.inboxes) inbox.archived = isSo
    },
  },
  {
    name: 'late-channels',
    label: `New channels show after ${LATE_MS / 1000} seconds`,
    holds: ({ hubspot }) => hubspot.switches.channelVisibleAfterMs > 0,
    make: ({ hubspot }, isSo) => {
      hubspot.switches.channelVisibleAfterMs = isSo ? LATE_MS : 0
    },
  },
  {
    name: 'no-optional-scopes',
    label: "The app's optional scopes are not granted",
    holds: ({ hubspot }) => !hubspot.switches.grantsOptionalScopes,
    make: ({ hubspot }, isSo) => {
      hubspot.switches.grantsOptionalScopes = !isSo
    },
  },
]
