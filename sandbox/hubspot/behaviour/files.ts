import { createHash } from 'node:crypto'
import type { FileAccess, HubSpotFile } from '../state/model'
import { isoNow, type StoredFile, type World } from '../state/world'

export type NewFile = {
  fileName: string
  folder: string
  access: FileAccess
  bytes: Uint8Array<ArrayBuffer>
  contentType: string
  sourceGroup?: HubSpotFile['sourceGroup']
}

const types: [RegExp, HubSpotFile['type']][] = [
  [/^image\//, 'IMG'],
  [/^audio\//, 'AUDIO'],
  [/^video\//, 'MOVIE'],
  [/^text\/|pdf|msword|officedocument/, 'DOCUMENT'],
]

export function storeFile(world: World, given: NewFile): StoredFile {
  const id = world.ids.next('file')
  const now = isoNow(world)
  const { name, extension, path } = freePath(world, given)
  const url = `${world.url}/hubfs/${world.options.portalId}${path.split('/').map(encodeURIComponent).join('/')}`
  const file: HubSpotFile = {
    id,
    createdAt: now,
    updatedAt: now,
    archived: false,
    access: given.access,
    parentFolderId: world.ids.next('folder'),
    name,
    path,
    size: given.bytes.byteLength,
    encoding: extension,
    type: types.find(([pattern]) => pattern.test(given.contentType))?.[1] ?? 'OTHER',
    extension,
    defaultHostingUrl: url,
    url,
    isUsableInContent: given.access !== 'PRIVATE',
    fileMd5: createHash('md5').update(given.bytes).digest('hex'),
    sourceGroup: given.sourceGroup ?? 'CONTENT',
  }
  const stored = { file, bytes: given.bytes, contentType: given.contentType }
  world.files.set(id, stored)
  return stored
}

/** A second file of the same name in the same folder gets a number appended. */
function freePath(
  world: World,
  { fileName, folder }: Pick<NewFile, 'fileName' | 'folder'>,
  count = 0,
): Record<'name' | 'extension' | 'path', string> {
  const [, stem = fileName, extension = ''] = /^(.+)\.([^.]+)$/.exec(fileName) ?? []
  const name = count === 0 ? stem : `${stem}-${count}`
  const path = `/${folder}/${name}${extension && `.${extension}`}`.replaceAll(/\/+/g, '/')
  const taken = [...world.files.values()].some(({ file }) => file.path === path)
  return taken ? freePath(world, { fileName, folder }, count + 1) : { name, extension, path }
}
