import type { Fault } from '../../http/faults'
import { waitUntil } from '../../wait-until'
import { LONGEST_MS, numbered, times, timesInThread, type Outcome, type Scene, type Trouble } from './scene'

const PUBLISH = /\/custom-channels\/.+\/messages$/

type Weather = { title: string; description: string; faults: Fault[] }

/** The customer writes while calls to HubSpot fail. */
export const whilePublishing = ({ title, description, faults }: Weather): Trouble => ({
  title,
  description,
  needs: 'session',
  play: async (scene) => {
    const { hubspot } = scene.stack
    const left = [...faults]
    hubspot.faults = ({ method, path }) => (method === 'POST' && PUBLISH.test(path) ? left.shift() : undefined)
    try {
      return await customerWrites(scene, title)
    } finally {
      hubspot.faults = undefined
    }
  },
})

/** The customer writes a line. It must be in the thread once, however often it was sent. */
export async function customerWrites(scene: Scene, title: string): Promise<Outcome> {
  const { stack, customer, conversationId } = scene
  const text = numbered(`Written while: ${title}`)
  const [startedAt, failuresBefore] = [Date.now(), failuresOf(scene).length]
  const callsBefore = stack.hubspot.log.calls.length
  await customer.say(text)
  const taken = () =>
    stack.botpress.operations.some(
      ({ operation, requestBody }) =>
        operation === 'message_created' && requestBody.includes(conversationId) && requestBody.includes(text),
    )
  await waitUntil(taken, LONGEST_MS)
  const took = ((Date.now() - startedAt) / 1000).toFixed(1)
  const calls = stack.hubspot.log.calls.slice(callsBefore)
  const statuses = calls
    .filter(({ path, requestBody }) => PUBLISH.test(path) && requestBody.includes(text))
    .map(({ status }) => (status === 0 ? 'none' : String(status)))
  const [reason] = failuresOf(scene).slice(failuresBefore)
  const count = timesInThread(scene, text)
  const outcome = `HubSpot's responses: ${statuses.join(', ')}. After ${took} s, the message is in the thread ${times(count)}.`
  return { isFine: count === 1, text: reason ? `${outcome} ${reason.message}` : outcome }
}

const failuresOf = ({ stack, conversationId }: Scene) =>
  stack.botpress.plugin.failures.filter((failure) => failure.conversationId === conversationId)
