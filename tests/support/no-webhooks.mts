/** Loaded into the sandbox's process: makes all of HubSpot's webhooks fail. */
const { fetch } = globalThis

globalThis.fetch = async (...call: Parameters<typeof fetch>) => {
  const [address] = call
  if (typeof address === 'string' && address.includes('/webhooks/')) throw new TypeError('fetch failed')
  return fetch(...call)
}
