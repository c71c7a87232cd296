import { randomUUID } from 'node:crypto'
import { open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Deadline } from './deadline'

export type Saved = { path: string; size: number; remove: () => Promise<void> }

/** More has come than may be kept. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

/**
 * Writes a stream to a temporary file that no other user can read or foresee; chunk by chunk, whatever its size. Leaves
 * no file behind when it fails, and throws `TooLarge` after `maxBytes`, else what the stream or the disk threw.
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
