import * as bp from '../../src/bp'
import { createUser, startHitl, stopHitl } from './actions'
import { relayFile, relayText } from './customer'
import { register } from './register'
import { handler as webhookHandler } from './webhook'

/**
 * A straightforward implementation: sequential calls, everything that a message needs read from the API for each
 * message, files in memory. It only supports what the benchmark uses, and does not handle failures.
 */
const integration = new bp.Integration({
  register,
  unregister: () => Promise.resolve(),
  handler: webhookHandler,
  actions: {
    createUser,
    startHitl,
    stopHitl,
    getAvailability: () => Promise.reject(new Error('The baseline does not know who is available')),
  },
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
