import type * as bp from '../bp'
import { relay } from './outbound'

/** Everything that the customer or the bot writes during a session goes to the agent. */
export const hitl: bp.IntegrationProps['channels']['hitl'] = {
  messages: {
    text: (props) => relay(props, { type: 'text', payload: props.payload }),
    image: (props) => relay(props, { type: 'image', payload: props.payload }),
    audio: (props) => relay(props, { type: 'audio', payload: props.payload }),
    video: (props) => relay(props, { type: 'video', payload: props.payload }),
    file: (props) => relay(props, { type: 'file', payload: props.payload }),
    bloc: (props) => relay(props, { type: 'bloc', payload: props.payload }),
  },
}
