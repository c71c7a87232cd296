import type * as bp from '../bp'
import { relay } from './outbound'

/** What customers write during a session goes to the agent. */
export const hitl: bp.IntegrationProps['channels']['hitl'] = {
  messages: {
    text: (props) => relay(props, { type: 'text', payload: props.payload }, props.payload.userId),
    image: (props) => relay(props, { type: 'image', payload: props.payload }, props.payload.userId),
    audio: (props) => relay(props, { type: 'audio', payload: props.payload }, props.payload.userId),
    video: (props) => relay(props, { type: 'video', payload: props.payload }, props.payload.userId),
    file: (props) => relay(props, { type: 'file', payload: props.payload }, props.payload.userId),
    bloc: (props) => relay(props, { type: 'bloc', payload: props.payload }, props.payload.userId),
  },
}
