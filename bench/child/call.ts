/**
 * A process that calls one server alternately with axios, like the integration, and with Node's own client, and prints
 * the processor time of each call.
 */
import http from 'node:http'
import { send } from '../../src/hubspot/axios'
import type { CallCosts } from './messages'

const [, , url = '', warmUp, rounds, calls] = process.argv
const headers = { accept: 'application/json', authorization: `Bearer ${'a'.repeat(40)}` }
const message = {
  text: 'My parcel should have been here on Monday, could you please have a look at where it is?',
  richText: '<p>My parcel should have been here on Monday, could you please have a look at where it is?</p>',
  messageDirection: 'INCOMING',
  integrationThreadId: 'bp-1700000000000-3f1c',
  channelAccountId: '1234567',
  senders: [{ deliveryIdentifier: { type: 'HS_EMAIL_ADDRESS', value: 'name@example.com' } }],
  attachments: [],
}

const throughAxios = async (httpAgent: http.Agent): Promise<unknown> => {
  const signal = AbortSignal.timeout(10_000)
  return (await send({ method: 'POST', url, httpAgent, headers, data: message, signal })).data
}

const throughNode = (agent: http.Agent): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(10_000)
    const typed = { ...headers, 'content-type': 'application/json' }
    const asked = http.request(url, { method: 'POST', agent, headers: typed, signal }, (answer) => {
      let text = ''
      answer.setEncoding('utf8')
      answer.on('data', (chunk: string) => {
        text += chunk
      })
      answer.on('end', () => resolve(JSON.parse(text)))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(JSON.stringify(message))
  })

async function processorMs(ask: (agent: http.Agent) => Promise<unknown>, count: number): Promise<number> {
  const agent = new http.Agent({ keepAlive: true })
  const before = process.cpuUsage()
  for (let call = 0; call < count; call += 1) await ask(agent)
  const { user, system } = process.cpuUsage(before)
  agent.destroy()
  return (user + system) / 1000 / count
}

async function main(): Promise<void> {
  const costs: CallCosts = { axios: Infinity, node: Infinity }
  const clients = { axios: throughAxios, node: throughNode }
  for (const ask of Object.values(clients)) await processorMs(ask, Number(warmUp))
  for (let round = 0; round < Number(rounds); round += 1) {
    for (const name of ['axios', 'node'] as const) {
      costs[name] = Math.min(costs[name], await processorMs(clients[name], Number(calls)))
    }
  }
  process.stdout.write(JSON.stringify(costs))
}

void main()
