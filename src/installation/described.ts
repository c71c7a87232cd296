import type { ChannelState } from './channel-state'

/** As in: help desk "Support". */
export const described = ({ type, name }: Pick<ChannelState['accounts'][string], 'type' | 'name'>): string =>
  `${type === 'HELP_DESK' ? 'help desk' : 'inbox'} "${name}"`
