import { forgetProblem, useProblem } from './state/act'

/** Always there, so that a screen reader hears what comes into it. */
export function Problem() {
  const problem = useProblem()
  return (
    <div role="alert" class="problem">
      {problem !== undefined && (
        <>
          <p>{problem}</p>
          <button type="button" onClick={forgetProblem}>
            All right
          </button>
        </>
      )}
    </div>
  )
}
