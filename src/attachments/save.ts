import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Deadline } from './deadline'

export type Saved = { path: string; size: number; remove: () => Promise<void> }

/** The stream exceeds the size limit. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/**
 * Writes a stream, chunk by chunk, to a temporary file that other users can neither read nor predict. Throws `TooLarge`
 * after `maxBytes`, and passes on errors of the stream and the disk. Leaves no file behind when it throws.
 */
export async function save(body: Readable, maxBytes: number, deadline: Deadline): Promise<Saved> {
  const path = join(tmpdir(), `hubspot-hitl-${randomUUID()}`)
  const remove = () => rm(path, { force: true })
  let size = 0
  async function* counted(source: AsyncIterable<Buffer>) {
    for await (const chunk of source) {
      size += chunk.length
      if (size > maxBytes) throw new TooLarge()
      deadline.progress()
      yield chunk
    }
  }
  try {
    const file = await open(path, 'wx', 0o600)
    await pipeline(body, counted, file.createWriteStream(), { signal: deadline.signal })
    return { path, size, remove }
  } catch (thrown) {
    body.destroy()
    await remove()
    throw thrown
  }
}
