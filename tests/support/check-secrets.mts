import { closing } from '../../sandbox/stack'
import { leaks } from './secrets'

/** Checks at the end of every test that the integration's log contains no secrets. */
closing.add((stack) => {
  const found = leaks(stack)
  if (found.length > 0) throw new Error(`The log contains secrets:\n${found.join('\n')}`)
})
