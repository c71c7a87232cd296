import { lookup } from 'mrmime'

/** A file of an agent; without a link nobody but HubSpot can open it. */
export type AgentFile = { name: string; url: string | undefined; usageType: string | undefined }

/** What the customer gets, one Botpress message each. */
export type AgentPart =
  | { type: 'text'; payload: { text: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string } }
  | { type: 'video'; payload: { videoUrl: string; title?: string } }
  | { type: 'file'; payload: { fileUrl: string; title?: string } }

/** An agent's reply in its order: the text, then each file as what it is. Nothing when there is nothing to show. */
export function agentParts(text: string, files: readonly AgentFile[]): AgentPart[] {
  const words: AgentPart[] = text === '' ? [] : [{ type: 'text', payload: { text } }]
  return [...words, ...files.map(filePart)]
}

function filePart({ name, url, usageType }: AgentFile): AgentPart {
  if (url === undefined) return { type: 'text', payload: { text: `${name} (this file cannot be opened here)` } }
  switch (kindOf(name, usageType)) {
    case 'image':
      return { type: 'image', payload: { imageUrl: url, title: name } }
    case 'audio':
      return { type: 'audio', payload: { audioUrl: url, title: name } }
    case 'video':
      return { type: 'video', payload: { videoUrl: url, title: name } }
    case 'file':
      return { type: 'file', payload: { fileUrl: url, title: name } }
  }
}

/** HubSpot tells pictures and sound apart; videos and the rest only by the name's ending. */
function kindOf(name: string, usageType: string | undefined): 'image' | 'audio' | 'video' | 'file' {
  if (usageType === 'IMAGE' || usageType === 'STICKER') return 'image'
  if (usageType === 'AUDIO' || usageType === 'VOICE_RECORDING') return 'audio'
  const [kind] = (lookup(name) ?? '').split('/')
  return kind === 'image' || kind === 'audio' || kind === 'video' ? kind : 'file'
}
