import { AttachmentRefused } from '../attachments/refused'
import { mapLink, mediaLabel, type Media, type ThreadPart } from '../content/to-agent/thread-parts'
import { isHubSpotError } from '../hubspot/errors'
import type { HubSpot } from '../hubspot/client'
import type { MessageContent } from '../hubspot/custom-channels'
import type { Session } from '../session/session'

/**
 * A part as HubSpot message content. A file that cannot be attached becomes text that says why. Throws `HubSpotError`.
 */
export async function contentOf(part: ThreadPart, hubspot: HubSpot, session: Session): Promise<MessageContent> {
  switch (part.type) {
    case 'words':
      return { text: part.text, ...(part.richText === undefined ? {} : { richText: part.richText }), attachments: [] }
    case 'place':
      return place(part)
    case 'media':
      return attached(part, hubspot, session)
  }
}

function place({ latitude, longitude, name, address }: Extract<ThreadPart, { type: 'place' }>): MessageContent {
  const url = mapLink({ latitude, longitude })
  return {
    text: [name ?? 'Location', address, url].filter(Boolean).join('\n'),
    attachments: [
      { type: 'LOCATION', latitude, longitude, url, ...(name ? { name } : {}), ...(address ? { address } : {}) },
    ],
  }
}

async function attached(media: Media, hubspot: HubSpot, session: Session): Promise<MessageContent> {
  try {
    // Loaded on demand, because most conversations have no files.
    const { attach, folderOf } = await import('../attachments/attach')
    const { fileId, fileUsageType } = await attach(hubspot, media, folderOf(session.integrationThreadId))
    return { text: media.title ?? '', attachments: [{ type: 'FILE', fileId, fileUsageType }] }
  } catch (thrown) {
    if (thrown instanceof AttachmentRefused) return notAttached(media, thrown.sentence, thrown.isLinkHarmless)
    if (isHubSpotError(thrown)) return notAttached(media, 'HubSpot did not accept it', true)
    throw thrown
  }
}

/** Tells the agent what the customer sent, why it is missing and, if the link is harmless, where it is. */
const notAttached = (media: Media, reason: string, isLinkHarmless: boolean): MessageContent => ({
  text: [mediaLabel(media), `(Not attached: ${reason}.)`, isLinkHarmless ? media.url : undefined]
    .filter(Boolean)
    .join('\n'),
  attachments: [],
})
