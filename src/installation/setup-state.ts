import type * as bp from '../bp'
import { readState } from './read-state'

type SetupState = bp.States['setup']

/** What setting up has to remember between two requests. */
export const readSetup = async (client: bp.Client, integrationId: string): Promise<SetupState> =>
  (await readState(client, integrationId, 'setup')) ?? { usedLinks: [] }

export async function saveSetup(client: bp.Client, integrationId: string, payload: SetupState): Promise<void> {
  await client.setState({ id: integrationId, type: 'integration', name: 'setup', payload })
}

export async function forgetSetup(client: bp.Client, integrationId: string): Promise<void> {
  await client.setState({ id: integrationId, type: 'integration', name: 'setup', payload: null })
}
