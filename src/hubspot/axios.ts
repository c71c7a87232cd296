import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios'

/** All outgoing HTTP: HubSpot's API and customers' files. Sends one request; every status counts as an answer. */
const client = axios.create({
  // A proxy would connect to addresses that have not been checked.
  proxy: false,
  maxRedirects: 0,
  // A few bytes can unpack to gigabytes.
  decompress: false,
  maxBodyLength: Infinity,
  validateStatus: () => true,
  headers: { 'user-agent': 'botpress-hubspot-hitl', 'accept-encoding': 'identity' },
})

/** The signal is the deadline: axios' own `timeout` restarts with each byte that arrives. */
export type HttpRequest = Pick<
  AxiosRequestConfig,
  'data' | 'headers' | 'httpAgent' | 'httpsAgent' | 'lookup' | 'maxContentLength' | 'method' | 'responseType'
> & { url: string; signal: AbortSignal }

/** `Content` is what axios makes of the request's `responseType`. Throws `NoAnswer`. */
export async function send<Content = unknown>(request: HttpRequest): Promise<AxiosResponse<Content>> {
  try {
    return await client.request<Content>(request)
  } catch (thrown) {
    throw new NoAnswer(request.signal.aborted ? 'ETIMEDOUT' : codeOf(thrown))
  }
}

/** Holds a code and nothing else: axios' own errors carry the address, the headers and the content. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer'

  constructor(readonly code: string | undefined) {
    super('No answer')
  }
}

export const codeOf = (thrown: unknown): string | undefined =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : undefined
