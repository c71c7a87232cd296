import type { Stack } from '../../sandbox/stack'

/** Calls Botpress' runtime API as the integration would. Processes keep their caches. */
async function write({ botpress }: Stack, method: string, path: string, body: unknown): Promise<void> {
  const { url, token, botId, integrationId } = botpress
  const answer = await fetch(`${url}/v1/chat/${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${token}`,
      'x-bot-id': botId,
      'x-integration-id': integrationId,
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path} was not written: ${await answer.text()}`)
}

export const writeState = (stack: Stack, name: string, payload: unknown): Promise<void> =>
  write(stack, 'POST', `states/integration/${stack.botpress.integrationId}/${name}`, { payload })

export const changeTags = (
  stack: Stack,
  kind: 'users' | 'conversations',
  id: string,
  tags: Record<string, string>,
): Promise<void> => write(stack, 'PUT', `${kind}/${id}`, { tags })
