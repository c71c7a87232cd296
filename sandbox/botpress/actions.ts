import { declared, definition } from './definition'
import { BotpressError } from './errors'
import type { Operations } from './operations'
import type { OperationResult } from './types'
import { assertMatches } from './validation'

/** Calls an action of the integration; what goes in and what comes out must be as declared. */
export async function runAction(operations: Operations, type: string, input: unknown): Promise<OperationResult> {
  try {
    const action = declared(definition.actions, type, 'Action')
    assertMatches(action.input, withoutHistory(input), `input of the action ${type}`)
    const result = await operations.run({ operation: 'action_triggered', type, body: { type, input } })
    if (result.ok) assertMatches(action.output, result.output, `output of the action ${type}`)
    return result
  } catch (error) {
    return refusal(error)
  }
}

/** The plugin hands the messages of a history over as they are, and Botpress does not check them. */
function withoutHistory(input: unknown): unknown {
  const hasHistory = typeof input === 'object' && input !== null && 'messageHistory' in input
  return hasHistory && Array.isArray(input.messageHistory) ? { ...input, messageHistory: [] } : input
}

/** Botpress checks the configuration against its schema before the integration is asked about it. */
export async function register(
  operations: Operations,
  configuration: Record<string, unknown>,
  webhookUrl: string,
): Promise<OperationResult> {
  try {
    // The form may leave null where an optional field was emptied.
    const given = Object.fromEntries(Object.entries(configuration).filter(([, value]) => value !== null))
    if (definition.configuration) assertMatches(definition.configuration, given, 'configuration')
  } catch (error) {
    return refusal(error)
  }
  return operations.run({ operation: 'register', body: { webhookUrl } })
}

function refusal(error: unknown): OperationResult {
  if (error instanceof BotpressError) return { ok: false, status: error.status, message: error.message }
  throw error
}
