import { http } from '@hubspot/local-dev-lib/http'
import { isLegacyProject, parseProjectConfig } from '@hubspot/project-parsing-lib/projects'
import { isTranslationError, translate } from '@hubspot/project-parsing-lib/translate'
import { AxiosHeaders } from 'axios'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { vi } from 'vitest'
import { schema } from './schema'

/** Answers the parser's only request to HubSpot with our schema, and blocks all other network access. */
export function cutOff() {
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(() => {
    throw new Error('There is no network in this test.')
  })
  return vi.spyOn(http, 'get').mockResolvedValue({
    data: schema,
    status: 200,
    statusText: 'OK',
    headers: {},
    config: { headers: new AxiosHeaders() },
  })
}

/** What HubSpot's own parser would refuse or silently skip in this folder; empty if nothing. */
export async function faultsIn(folder: string): Promise<string> {
  try {
    const { srcDir, platformVersion } = parseProjectConfig(folder)
    if (isLegacyProject(platformVersion)) return `${platformVersion} is read as a legacy project`
    const { intermediateRepresentation, skippedHsMetaFiles } = await translate({
      projectSourceDir: join(folder, srcDir),
      platformVersion,
      accountId: 62515,
    })
    if (skippedHsMetaFiles.length > 0) return `skipped: ${skippedHsMetaFiles.join(', ')}`
    const nodes = Object.values(intermediateRepresentation.intermediateNodesIndexedByUid)
    const components = nodes.map(({ componentType }) => componentType).sort()
    return components.join() === 'APPLICATION,WEBHOOKS' ? '' : `components: ${components.join()}`
  } catch (thrown) {
    return isTranslationError(thrown) ? thrown.toString() : String(thrown)
  }
}
