import type { LookupAddress } from 'node:dns'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { RequestListener } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { download, type Downloaded, type DownloadOptions } from '../../src/attachments/download'
import { AttachmentRefused } from '../../src/attachments/refused'
import { startCanary, startRawStranger, startRedirector, startStranger, type Stranger } from './strangers'

/** From 2d00::/8, which IANA has not allocated: it looks public, but no host has it. */
export const PUBLIC: LookupAddress = { address: '2d00::1', family: 6 }
export const LOOPBACK: LookupAddress = { address: '127.0.0.1', family: 4 }

export type TemporaryFolder = { files: () => Promise<string[]>; assertEmptyAndRemove: () => Promise<void> }

/** A separate folder for temporary files, so files of other processes do not count. */
export async function ownTemporaryFolder(): Promise<TemporaryFolder> {
  const before = process.env['TMPDIR']
  const folder = await mkdtemp(join(tmpdir(), 'attachments-test-'))
  process.env['TMPDIR'] = folder
  return {
    files: () => readdir(folder),
    assertEmptyAndRemove: async () => {
      if (before === undefined) delete process.env['TMPDIR']
      else process.env['TMPDIR'] = before
      const left = await readdir(folder)
      await rm(folder, { recursive: true, force: true })
      if (left.length > 0) throw new Error(`Left behind: ${left.join(', ')}`)
    },
  }
}

/** Downloads from a series of untrusted servers. Each one closes when the next starts. */
export type Visits = {
  get: (handler: RequestListener, options?: DownloadOptions, path?: string) => Promise<Downloaded>
  getRaw: (bytes: string | Buffer, options?: DownloadOptions, hangUp?: boolean) => Promise<Downloaded>
  /** The number of requests to the last server. */
  requests: () => number
  files: () => Promise<string[]>
  /** Throws if a file is left behind. */
  end: () => Promise<void>
}

export async function startVisits(): Promise<Visits> {
  const temporary = await ownTemporaryFolder()
  let stranger: Stranger | undefined
  const visit = async (next: Promise<Stranger>, options: DownloadOptions = {}, path = '/a.txt') => {
    await stranger?.close()
    stranger = await next
    return download(`${stranger.url}${path}`, { allowLoopback: true, ...options })
  }
  return {
    get: (handler, options, path) => visit(startStranger(handler), options, path),
    getRaw: (bytes, options, hangUp = true) => visit(startRawStranger(bytes, { hangUp }), options),
    requests: () => stranger?.requests() ?? 0,
    files: temporary.files,
    end: async () => {
      await stranger?.close()
      await temporary.assertEmptyAndRemove()
    },
  }
}

/** The refusal that a promise rejects with. Any other outcome fails the test. */
export async function refusal(promise: Promise<unknown>): Promise<AttachmentRefused> {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof AttachmentRefused) return thrown
    throw thrown
  }
  throw new Error('The promise was not refused')
}

/** The servers for tests of hostile links. Closing them fails if a file is left behind. */
export async function startHostileServers() {
  const temporary = await ownTemporaryFolder()
  const canary = await startCanary()
  const redirector = await startRedirector()
  return {
    canary,
    redirector,
    close: async () => {
      await Promise.all([canary.close(), redirector.close()])
      await temporary.assertEmptyAndRemove()
    },
  }
}
