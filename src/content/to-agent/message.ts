/** What customers, bots and histories can hold, as the Botpress channel and the HITL interface define it. */
export type ChatMessage =
  | { type: 'text'; payload: { text: string } }
  | { type: 'markdown'; payload: { markdown: string } }
  | { type: 'image'; payload: { imageUrl: string; title?: string | undefined } }
  | { type: 'audio'; payload: { audioUrl: string; title?: string | undefined } }
  | { type: 'video'; payload: { videoUrl: string; title?: string | undefined } }
  | { type: 'file'; payload: { fileUrl: string; title?: string | undefined } }
  | { type: 'location'; payload: Location }
  | { type: 'card'; payload: Card }
  | { type: 'carousel'; payload: { items: Card[] } }
  | { type: 'choice' | 'dropdown'; payload: { text: string; options: { label: string }[] } }
  | { type: 'bloc'; payload: { items: BlocItem[] } }

type BlocItem = Extract<ChatMessage, { type: 'text' | 'markdown' | 'image' | 'audio' | 'video' | 'file' | 'location' }>

type Location = {
  latitude: number
  longitude: number
  address?: string | undefined
  title?: string | undefined
}

type Card = {
  title: string
  subtitle?: string | undefined
  imageUrl?: string | undefined
  actions: { action: string; label: string; value: string }[]
}
