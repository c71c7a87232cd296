export { createUser } from './create-user'
export { startHitl } from './start-hitl'
export { stopHitl } from './stop-hitl'
