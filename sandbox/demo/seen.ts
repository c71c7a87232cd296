import { waitUntil } from '../wait-until'
import type { Customer } from '../botpress'
import type { Stack } from '../stack'

type Line = Awaited<ReturnType<Customer['waitFor']>>

/** A line as the customer sees it: the plugin's own are the bot's. */
export const inChat = ({ who, name, text, type, payload: { title } }: Line): string =>
  `${name ?? (who === 'system' ? 'bot' : who)}: ${text ?? (typeof title === 'string' ? `${type} ${title}` : type)}`

type Item = ReturnType<Stack['hubspot']['messages']>[number]

/** An entry of a thread as the agent sees it; undefined if it is neither text nor files. */
export function inThread(item: Item | undefined): string | undefined {
  if (item?.type !== 'MESSAGE' && item?.type !== 'COMMENT') return undefined
  const files = item.attachments.map(
    ({ name, fileUsageType }) => `${String(fileUsageType).toLowerCase()} ${String(name)}`,
  )
  return [item.text, ...files].filter((part) => part.trim() !== '').join('\n')
}

/** Resolves to the newest entry of the thread that contains this text or file name. */
export async function arrived({ hubspot }: Stack, threadId: string, wanted: string): Promise<string> {
  const find = () => hubspot.messages(threadId).map(inThread).reduce(newer, undefined)
  const newer = (found: string | undefined, text: string | undefined) => (text?.includes(wanted) ? text : found)
  const found = await waitUntil(find, ARRIVES_WITHIN_MS)
  if (found !== undefined) return `in HubSpot: ${found}`
  throw new Error(`"${wanted}" did not arrive in HubSpot within ${ARRIVES_WITHIN_MS / 1000} seconds.`)
}

const ARRIVES_WITHIN_MS = 5000

/** The final delivery status of a reply in HubSpot. */
export async function receipt(stack: Stack, threadId: string, messageId: string): Promise<string> {
  await stack.settled()
  const message = stack.hubspot.messages(threadId).find(({ id }) => id === messageId)
  if (message?.type !== 'MESSAGE') throw new Error(`HubSpot has no message ${messageId}.`)
  const { statusType, failureDetails } = message.status
  return [`in HubSpot the reply is marked ${statusType}`, failureDetails?.errorMessage].filter(Boolean).join(': ')
}
