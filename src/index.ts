import { createUser } from './actions/create-user'
import { getAvailability } from './actions/get-availability'
import { startHitl } from './actions/start-hitl'
import { stopHitl } from './actions/stop-hitl'
import * as bp from './bp'
import { hitl } from './channels/hitl'
import { register, unregister } from './setup/register'
import { handler } from './webhook/handler'

export default new bp.Integration({
  register,
  unregister,
  handler,
  actions: { createUser, startHitl, stopHitl, getAvailability },
  channels: { hitl },
})
