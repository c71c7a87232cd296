import type { AgentFile } from '../content/to-customer/reply-parts'
import { isHubSpotError } from '../hubspot/errors'
import type { AgentMessage, EventProps } from './event'

type Attachment = AgentMessage['attachments'][number]

/**
 * The files of an agent's message with links that the customer can open. Throws `HubSpotError` if another attempt can
 * succeed.
 */
export const filesOf = ({ messageId, attachments }: AgentMessage, props: EventProps): Promise<AgentFile[]> =>
  Promise.all(
    attachments
      .filter(({ fileId, url }) => fileId !== undefined || url !== undefined)
      .map(async (attachment, index) => {
        const name = attachment.name ?? 'File'
        const link = await linkTo(attachment, props)
        const url =
          link && props.portal.settings.keepAgentFiles ? await kept(link, `${messageId}/${index}/${name}`, props) : link
        return { name, url, usageType: attachment.fileUsageType }
      }),
  )

/** Private files open only by a signed link; the file's own link is the second choice. */
async function linkTo({ fileId, url }: Attachment, { portal }: EventProps): Promise<string | undefined> {
  if (fileId === undefined) return url
  try {
    return await portal.hubspot.files.signedUrl(fileId)
  } catch (thrown) {
    if (isHubSpotError(thrown, 'notFound', 'validation', 'missingScope')) return url
    throw thrown
  }
}

/** HubSpot's links expire; a copy in Botpress stays. Where it cannot be made, the link has to do. */
async function kept(url: string, key: string, { client, logger }: EventProps): Promise<string> {
  try {
    const { file } = await client.uploadFile({
      key: `hubspot/${key}`,
      url,
      accessPolicies: ['public_content'],
      publicContentImmediatelyAccessible: true,
    })
    return file.url
  } catch (thrown) {
    logger.warn(`A file of an agent was not copied to Botpress: ${thrown instanceof Error ? thrown.name : 'unknown'}`)
    return url
  }
}
