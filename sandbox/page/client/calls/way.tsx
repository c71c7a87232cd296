import type { Party } from '../../view'
import { Icon } from '../parts/icons'

/** The caller and the called party. */
export const Way = ({ from, to }: { from: Party; to: Party }) => (
  <span class="way">
    <PartyName party={from} />
    <Icon name="arrow" />
    <span class="unseen">to</span>
    <PartyName party={to} />
  </span>
)

const PartyName = ({ party }: { party: Party }) => <span class={`party party-${party}`}>{party}</span>
