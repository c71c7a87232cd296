import { randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'

export type Multipart = {
  fields: Record<string, string>
  /** Read from disk as it is sent; `size` in bytes. */
  file: { path: string; size: number; fileName: string; contentType: string }
}

/**
 * A form with one file, as a stream of known length. A stream is read once: each try needs its own, and destroys it.
 * Written out here because Node's own way (`openAsBlob`) is experimental and missing in Node 18, the SDK's minimum.
 */
export function multipartBody({ fields, file }: Multipart): { body: Readable; headers: Record<string, string> } {
  const boundary = `form-${randomUUID()}`
  const disposition = (name: string) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"`
  const before = Object.entries(fields).map(([name, value]) => `${disposition(name)}\r\n\r\n${value}\r\n`)
  const opening = `${disposition('file')}; filename="${escaped(file.fileName)}"\r\ncontent-type: ${oneLine(file.contentType)}`
  const head = Buffer.from(`${before.join('')}${opening}\r\n\r\n`)
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`)
  async function* content() {
    yield head
    yield* createReadStream(file.path)
    yield tail
  }
  return {
    body: Readable.from(content(), { objectMode: false }),
    headers: {
      'content-type': `multipart/form-data; boundary=${boundary}`,
      'content-length': String(head.length + file.size + tail.length),
    },
  }
}

/** As browsers do: https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const escaped = (name: string): string => name.replaceAll(/[\r\n"]/g, encodeURIComponent)

const oneLine = (value: string): string => value.replaceAll(/[\r\n]/g, ' ')
