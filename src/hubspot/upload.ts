import { createReadStream } from 'node:fs'
import { ClientRequest } from 'node:http'
import type { AxiosResponse } from 'axios'
import FormData from 'form-data'
import { send, type HttpRequest } from './axios'

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
