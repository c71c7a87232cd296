export { configuration } from './configuration'
export { hitlSession } from './hitl-session'
export { states } from './states'
export { conversationTags, messageTags, userTags } from './tags'
