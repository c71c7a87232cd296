import { randomUUID } from 'node:crypto'
import { fieldTitle } from '../../src/installation/configuration'
import { variablesNamedIn, type RealSettings } from './settings'
import type { RealStack } from './stack'

/**
 * Reports the addresses and saves the configuration. If HubSpot refuses, throws an error that names the variable. A
 * tunnel that does not lead here only causes a message, because it may start later than the sandbox.
 */
export async function connectAccount(
  stack: RealStack,
  settings: RealSettings,
  say: (line: string) => void,
): Promise<void> {
  const { botpress } = stack
  const { publicUrl, publicPort, configuration } = settings
  say(`A handoff between a bot on this machine and your HubSpot account.

  HubSpot app   ${configuration['appId']}, with this webhook URL: ${botpress.webhookUrl}
  Tunnel        from ${publicUrl} to http://127.0.0.1:${publicPort}, which serves only the webhook
  Calls         to ${settings.apiUrl}, all of them on the page
`)
  say('Saving the configuration. HubSpot may take a minute to show a new channel.')
  const saved = await botpress.register()
  if (!saved.ok) {
    const { message = '' } = saved
    throw new Error([message, ...variablesNamedIn(message, fieldTitle)].join('\n'))
  }
  if (!configuration['refreshToken']) {
    say('The connection ends with the sandbox: authorize again after the next start.')
  }
  if (!(await leadsHere(stack))) {
    say(
      `${publicUrl} does not lead here: HubSpot's webhooks will not arrive until the tunnel leads to port ${publicPort}.`,
    )
  }
}

const ANSWERS_WITHIN_MS = 10_000

/** Sends an unsigned request through the tunnel and checks whether it arrives. */
async function leadsHere({ botpress }: RealStack): Promise<boolean> {
  const body = randomUUID()
  const signal = AbortSignal.timeout(ANSWERS_WITHIN_MS)
  await fetch(botpress.webhookUrl, { method: 'POST', body, signal, redirect: 'manual' }).catch(() => undefined)
  return botpress.operations.some(({ requestBody }) => requestBody.includes(body))
}
