import { initials } from './people'

type Props = { name: string; kind: 'customer' | 'agent' | 'bot'; colour?: string }

/** Initials instead of a picture, which would come from another host. A customer's colour is inherited or given. */
export const Avatar = ({ name, kind, colour }: Props) => (
  <span class={`avatar is-${kind}`} style={colour} aria-hidden="true">
    {initials(name)}
  </span>
)
