import type { AgentView } from '../../view'
import { act } from '../state/server'

type Props = { label: string; agents: AgentView[]; value: string; none?: string; onChange: (id: string) => unknown }

/** A choice of one agent, or of `none` if it is given. */
export const AgentSelect = ({ label, agents, value, none, onChange }: Props) => (
  <label class="row">
    <span class="soft">{label}</span>
    <select aria-label={label} value={value} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
      {none !== undefined && <option value="">{none}</option>}
      {agents.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
)

/** What HubSpot tells the bot when it asks who is there. */
export const Availability = ({ agents }: { agents: AgentView[] }) => (
  <section aria-label="Availability">
    <h3>Who is available</h3>
    {agents.map(({ id, name, isAvailable }) => (
      <label key={id} class="row">
        <input
          type="checkbox"
          role="switch"
          checked={isAvailable}
          onChange={() => void act('setAvailability', { agent: id, isAvailable: !isAvailable })}
        />
        {name} <small class={`badge ${isAvailable ? 'is-agent' : ''}`}>{isAvailable ? 'available' : 'away'}</small>
      </label>
    ))}
    <p>The bot notices a change within 30 seconds.</p>
  </section>
)
