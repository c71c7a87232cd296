import { headersOf, type Operation } from '../../sandbox/botpress/operations'
import { serveIntegration } from '../../sandbox/integration'
import type { Stack } from '../../sandbox/stack'

/** `location` is the target of a redirect. */
type Answer = { status: number; body: string; location: string | null }

export type Process = {
  /** Sends an operation like Botpress does. */
  run: (operation: Pick<Operation, 'operation' | 'type' | 'requestBody'>) => Promise<Answer>
  close: () => Promise<void>
}

/** The same installation in a second process, with its own memory. */
export async function startSecondProcess({ botpress }: Stack): Promise<Process> {
  const { url, close } = await serveIntegration()
  return {
    close,
    run: async ({ operation, type, requestBody }) => {
      const answer = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        headers: headersOf(botpress, botpress.configuration, { operation, type }),
        body: requestBody,
      })
      return { status: answer.status, body: await answer.text(), location: answer.headers.get('location') }
    },
  }
}

/** The last message that Botpress sent to the integration, for sending it again. */
export function lastMessage({ botpress }: Stack): Operation {
  const messages = botpress.operations.filter(({ operation }) => operation === 'message_created')
  const operation = messages[messages.length - 1]
  if (!operation) throw new Error('Botpress has sent no message')
  return operation
}
