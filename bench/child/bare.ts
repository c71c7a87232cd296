import { Integration } from '@botpress/sdk'

const nothing = () => Promise.resolve()

/** An empty integration, to measure how long the SDK alone takes to load. */
const integration = new Integration({
  register: nothing,
  unregister: nothing,
  handler: nothing,
  actions: {},
  channels: {},
})
export default integration
export const handler = integration.handler
