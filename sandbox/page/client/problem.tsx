import { forgetProblem, useProblem } from './state/act'

/** Always rendered, so that screen readers announce its content. */
export function Problem() {
  const problem = useProblem()
  return (
    <div role="alert" class="problem">
      {problem !== undefined && (
        <>
          <p>{problem}</p>
          <button type="button" onClick={forgetProblem}>
            Dismiss
          </button>
        </>
      )}
    </div>
  )
}
