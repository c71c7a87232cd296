/** Loaded into the sandbox's process: what HubSpot tells a webhook is lost on the way. */
const { fetch } = globalThis

globalThis.fetch = async (...call: Parameters<typeof fetch>) => {
  const [address] = call
  if (typeof address === 'string' && address.includes('/webhooks/')) throw new TypeError('fetch failed')
  return fetch(...call)
}
