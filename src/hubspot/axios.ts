import { createReadStream } from 'node:fs'
import { ClientRequest } from 'node:http'
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios'
import FormData from 'form-data'

/** All outgoing HTTP: HubSpot's API and customers' files. Every status counts as an answer. */
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

/** Sends one request. `Content` is what axios makes of its `responseType`. Throws `NoAnswer`. */
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

export type Multipart = {
  fields: Record<string, string>
  /** Read from disk as it is sent; `size` in bytes. */
  file: { path: string; size: number; fileName: string; contentType: string }
}

/** Sends a form with one file, once. Leaves nothing open, however it ends. Throws `NoAnswer`. */
export async function upload({ fields, file }: Multipart, request: HttpRequest): Promise<AxiosResponse<unknown>> {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  const content = createReadStream(file.path)
  form.append('file', content, {
    filename: oneLine(file.fileName),
    contentType: oneLine(file.contentType),
    knownLength: file.size,
  })
  try {
    const answer = await send({ ...request, data: form })
    // An answer may come before all of the file was sent. axios would keep the connection, and wait for the rest.
    const sent: unknown = answer.request
    if (sent instanceof ClientRequest && !sent.writableFinished) sent.destroy()
    return answer
  } finally {
    content.destroy()
  }
}

/** The name and the type become lines of a header, and a stranger chose them. */
const oneLine = (value: string): string => value.replaceAll(/[\r\n]+/g, ' ')
