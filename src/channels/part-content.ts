import { AttachmentRefused } from '../attachments/refused'
import { mediaLabel, type Media, type ThreadPart } from '../content/to-agent/thread-parts'
import { mapLink } from '../hubspot/attachment'
import type { HubSpot } from '../hubspot/client'
import type { MessageContent } from '../hubspot/custom-channels'
import type { Session } from '../session/session'

/** For all files of one message together, in milliseconds: its words wait that long. */
const FILES_WITHIN_MS = 25_000

/** Each takes up to 25 MB of the disk until it is uploaded. */
const FILES_AT_ONCE = 4

/**
 * Parts as HubSpot message content. Files are fetched side by side. One that cannot be attached, or not in time, becomes
 * text that says why.
 */
export async function contentsOf(
  parts: readonly ThreadPart[],
  hubspot: HubSpot,
  session: Session,
): Promise<MessageContent[]> {
  const until = performance.now() + FILES_WITHIN_MS
  const contents: Promise<MessageContent>[] = []
  for (const part of parts) {
    const turn = Promise.resolve(contents.at(-FILES_AT_ONCE))
    contents.push(turn.then(() => contentOf(part, { hubspot, session, timeLeftMs: () => until - performance.now() })))
  }
  // Nothing is left running, also if one of them throws.
  await Promise.allSettled(contents)
  return Promise.all(contents)
}

type Conditions = { hubspot: HubSpot; session: Session; timeLeftMs: () => number }

async function contentOf(part: ThreadPart, conditions: Conditions): Promise<MessageContent> {
  switch (part.type) {
    case 'words':
      return { text: part.text, ...(part.richText === undefined ? {} : { richText: part.richText }), attachments: [] }
    case 'place':
      return place(part)
    case 'media':
      return attached(part, conditions)
  }
}

function place({ latitude, longitude, name, address }: Extract<ThreadPart, { type: 'place' }>): MessageContent {
  const url = mapLink(`${latitude},${longitude}`)
  return {
    text: [name || 'Location', address, url].filter(Boolean).join('\n'),
    attachments: [
      { type: 'LOCATION', latitude, longitude, url, name: name || undefined, address: address || undefined },
    ],
  }
}

async function attached(media: Media, { hubspot, session, timeLeftMs }: Conditions): Promise<MessageContent> {
  try {
    // Loaded on demand, because most conversations have no files.
    const { attach, folderOf } = await import('../attachments/attach')
    const folderPath = folderOf(session.integrationThreadId)
    const { fileId, fileUsageType, caption } = await attach(hubspot, media, { folderPath, timeLeftMs })
    return { text: caption, attachments: [{ type: 'FILE', fileId, fileUsageType }] }
  } catch (thrown) {
    if (!(thrown instanceof AttachmentRefused)) throw thrown
    return notAttached(media, thrown)
  }
}

/** Tells the agent what the customer sent, why it is missing and, if the link is harmless, where it is. */
const notAttached = (media: Media, { sentence, isLinkHarmless }: AttachmentRefused): MessageContent => ({
  text: [mediaLabel(media), `(Not attached: ${sentence}.)`, isLinkHarmless ? media.url : undefined]
    .filter(Boolean)
    .join('\n'),
  attachments: [],
})
