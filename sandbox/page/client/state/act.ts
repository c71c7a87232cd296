import { createStore, useStore } from './store'

/** Why the last action failed. */
export const problem = createStore<string | undefined>(undefined)

export const useProblem = (): string | undefined => useStore(problem)

export const forgetProblem = (): void => problem.set(undefined)

/** Runs an action on the server, which then sends the new view. Resolves to whether it succeeded. */
export const act = (name: string, given: Record<string, unknown> = {}): Promise<boolean> =>
  post(name, { body: JSON.stringify(given), headers: { 'content-type': 'application/json' } })

/** Like `act`, with files. */
export const actWithFiles = (name: string, form: FormData): Promise<boolean> => post(name, { body: form })

async function post(name: string, sent: { body: BodyInit; headers?: HeadersInit }): Promise<boolean> {
  try {
    const answer = await fetch(`/do/${name}`, { method: 'POST', ...sent })
    problem.set(answer.ok ? undefined : await answer.text())
    return answer.ok
  } catch {
    problem.set('The sandbox does not respond. Is it still running?')
    return false
  }
}
