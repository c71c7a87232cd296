import axios from 'axios'
import type * as bp from '../../src/bp'
import type { Attachment } from '../../src/hubspot/custom-channels'
import { channelOf, hubspot, named, tokensOf } from './hubspot'
import { publish } from './publish'

type Props = Pick<bp.MessageProps['text'], 'ctx' | 'client' | 'conversation' | 'message'>

/** Three reads, then the message. */
export async function relayText(props: Props, text: string, attachments: Attachment[] = []): Promise<void> {
  const { client, conversation, message } = props
  const { accessToken } = await tokensOf(props)
  const channel = await channelOf(props)
  const { user } = await client.getUser({ id: conversation.tags.userId ?? '' })
  await publish(accessToken, channel, {
    integrationThreadId: conversation.tags.integrationThreadId ?? '',
    email: user.tags.email ?? '',
    text,
    attachments,
    timestamp: message.createdAt,
  })
}

/** Loads the whole file into memory. */
export async function relayFile(props: Props, url: string): Promise<void> {
  const { accessToken } = await tokensOf(props)
  const { data } = await axios.get<ArrayBuffer>(url, { responseType: 'arraybuffer' })
  const form = new FormData()
  form.append('file', new Blob([data], { type: 'application/zip' }), 'file.zip')
  form.append('options', JSON.stringify({ access: 'PRIVATE' }))
  form.append('folderPath', '/baseline')
  const { id } = await hubspot(named, { method: 'POST', path: '/files/v3/files', token: accessToken, data: form })
  await relayText(props, '', [{ type: 'FILE', fileId: id, fileUsageType: 'OTHER' }])
}
