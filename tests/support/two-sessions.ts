import { onTestFinished } from 'vitest'
import type { Stack } from '../../sandbox/stack'
import { chatLines } from './chat'
import { clockAhead } from './clock'
import { openSession, type OpenSession } from './session'
import { threadLines } from './thread'
import type { Name, TwoInstallations } from '../../sandbox/two-installations'
import { GRACE } from './webhooks'

export const CUSTOMERS: Record<Name, string> = { first: 'Ada Aldgate', second: 'Bob Birchwood' }

/** The same id in both accounts, for two different people. */
export const AGENT = GRACE

export function agentOf({ hubspot }: Stack) {
  const agent = hubspot.agents.find(({ actorId }) => actorId === AGENT)
  if (!agent) throw new Error(`The account has no agent ${AGENT}`)
  return agent
}

export type Sessions = Record<Name, OpenSession>

/** After this time, the integration assumes that a session is linked. */
const LINKED_BY_THEN_MS = 3_000

/**
 * Each installation in turn saves and opens a session with an agent. The clock stays ahead until the end of the test.
 */
export async function openSessions(
  two: TwoInstallations,
  [before, last]: readonly [Name, Name] = ['first', 'second'],
): Promise<Sessions> {
  const opened = { [before]: await saveAndOpen(two, before), [last]: await saveAndOpen(two, last) }
  const { first, second } = opened
  if (!first || !second) throw new Error('Both installations must be named')
  await two.settled()
  onTestFinished(clockAhead(LINKED_BY_THEN_MS))
  return { first, second }
}

async function saveAndOpen(two: TwoInstallations, name: Name): Promise<OpenSession> {
  const saved = await two[name].botpress.register()
  if (!saved.ok) throw new Error(`The ${name} could not be saved: ${saved.message}`)
  return openSession(two[name], CUSTOMERS[name])
}

let talks = 0

/**
 * In all of these sessions at once, the customer writes and the agent replies. Resolves to the messages that did not
 * arrive.
 */
export async function lostInTalks(two: TwoInstallations, sessions: Sessions, ...names: Name[]): Promise<string[]> {
  talks += 1
  const written = names.map((name) => {
    const { customer, threadId } = sessions[name]
    const [question, answer] = [`Question ${talks} of ${customer.name}`, `Answer ${talks} to ${customer.name}`]
    return { own: two[name], customer, threadId, question, answer }
  })
  for (const { own, customer, threadId, question, answer } of written) {
    await customer.say(question)
    own.hubspot.agent.reply(threadId, { actorId: AGENT, text: answer })
  }
  await two.settled()
  return written.flatMap(({ own, customer, threadId, question, answer }) => [
    ...missing(threadLines(own, threadId), `customer: ${question}`),
    ...missing(chatLines(customer), `${agentOf(own).name}: ${answer}`),
  ])
}

const missing = (lines: readonly string[], wanted: string): string[] => (lines.includes(wanted) ? [] : [wanted])
