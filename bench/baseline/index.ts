import * as bp from '../../src/bp'
import { createUser, startHitl, stopHitl } from './actions'
import { relayFile, relayText } from './customer'
import { register } from './register'
import { handler as webhookHandler } from './webhook'

/**
 * What a straightforward implementation does: one call at a time, everything that one message needs read from the API
 * at that message, files held in memory. It serves the paths that the benchmark takes, and takes no care of failures.
 */
const integration = new bp.Integration({
  register,
  unregister: () => Promise.resolve(),
  handler: webhookHandler,
  actions: { createUser, startHitl, stopHitl },
  channels: {
    hitl: {
      messages: {
        text: (props) => relayText(props, props.payload.text),
        image: (props) => relayFile(props, props.payload.imageUrl),
        audio: (props) => relayFile(props, props.payload.audioUrl),
        video: (props) => relayFile(props, props.payload.videoUrl),
        file: (props) => relayFile(props, props.payload.fileUrl),
        bloc: () => Promise.reject(new Error('The baseline takes no blocs')),
      },
    },
  },
})
export default integration
export const handler = integration.handler
