import { createStore, useStore } from './store'

const problem = createStore<string | undefined>(undefined)

/** Why the last thing that somebody wanted could not be done. */
export const useProblem = (): string | undefined => useStore(problem)

export const forgetProblem = (): void => problem.set(undefined)

/** Does it on the server, which then tells what has changed. Resolves to whether it was done. */
export const act = (name: string, given: Record<string, unknown> = {}): Promise<boolean> =>
  post(name, { body: JSON.stringify(given), headers: { 'content-type': 'application/json' } })

/** As `act`, with files. */
export const actWithFiles = (name: string, form: FormData): Promise<boolean> => post(name, { body: form })

async function post(name: string, sent: { body: BodyInit; headers?: HeadersInit }): Promise<boolean> {
  try {
    const answer = await fetch(`/do/${name}`, { method: 'POST', ...sent })
    problem.set(answer.ok ? undefined : await answer.text())
    return answer.ok
  } catch {
    problem.set('The sandbox does not answer. Is it still running?')
    return false
  }
}
