import { closing } from '../../sandbox/stack'
import { leaks } from './secrets'

/** Whatever a test does with the integration: what that has logged by the end tells nobody's secrets. */
closing.add((stack) => {
  const found = leaks(stack)
  if (found.length > 0) throw new Error(`The log tells secrets:\n${found.join('\n')}`)
})
