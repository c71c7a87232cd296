import type { Call } from '../sandbox/http/call-log'
import type { TestBed } from './test-bed'

/** The traffic with both platforms: bodies in both directions, and request lines and headers. */
export type Traffic = { toBotpress: number; toHubSpot: number; bytes: number }

/** Counts the calls that `work` makes, including those that continue after it. */
export async function trafficOf(bed: TestBed, work: () => Promise<unknown>): Promise<Traffic> {
  const { botpress, hubspot } = bed
  await bed.settled()
  botpress.log.clear()
  hubspot.log.clear()
  await work()
  await bed.settled()
  const calls = [...botpress.log.calls, ...hubspot.log.calls]
  return {
    toBotpress: botpress.log.calls.length,
    toHubSpot: hubspot.log.calls.length,
    bytes: calls.reduce((sum, call) => sum + bytesOf(call), 0),
  }
}

function bytesOf({ method, path, query, requestHeaders, requestBody, responseBody }: Call): number {
  const headers = Object.entries(requestHeaders).map(([name, value]) => `${name}: ${value}\r\n`)
  const request = `${method} ${path}${query} HTTP/1.1\r\n${headers.join('')}\r\n${requestBody}`
  return Buffer.byteLength(request) + Buffer.byteLength(responseBody)
}
