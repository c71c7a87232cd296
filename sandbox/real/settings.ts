import type { HubSpotAddresses } from '../reach-hubspot'
import { DEFAULT_PUBLIC_PORT, VARIABLES, type Values } from './variables'

/** What it takes to drive a real HubSpot account from this machine. */
export type RealSettings = HubSpotAddresses & {
  apiFamily: string
  /** Where HubSpot reaches this machine, without a slash at its end. */
  publicUrl: string
  /** Where the tunnel has to lead. */
  publicPort: number
  configuration: Record<string, string>
}

/**
 * Undefined while nothing of a HubSpot account is set. When something is, the rest has to be: throws with everything
 * that is missing or wrong, each with its remedy.
 */
export function realSettings(environment: Readonly<Record<string, string | undefined>>): RealSettings | undefined {
  const values: Values = Object.fromEntries(
    Object.entries(environment)
      .map(([name, value = '']) => [name, value.trim()] as const)
      .filter(([, value]) => value !== ''),
  )
  if (!VARIABLES.some(({ name, asked }) => asked !== 'never' && values[name] !== undefined)) return undefined
  const problems = VARIABLES.flatMap(({ name, asked, mistake, remedy }) => {
    const value = values[name]
    if (value === undefined) return asked === 'always' ? [`${name} is missing.\n    ${remedy}`] : []
    const wrong = mistake?.(value, values)
    return wrong === undefined ? [] : [`${name} ${wrong}.\n    ${remedy}`]
  })
  if (problems.length > 0) throw new Error(told(problems))
  return settingsFrom(values)
}

const told = (problems: string[]): string =>
  `To use a HubSpot account, set in .env:\n\n${problems.map((problem) => `  ${problem}\n`).join('')}
Without any of the variables of that section of .env.example, npm start plays HubSpot on this machine.`

function settingsFrom(values: Values): RealSettings {
  const origin = (name: string, otherwise: string) => new URL(values[name] ?? otherwise).origin
  return {
    apiUrl: origin('HUBSPOT_API_URL', 'https://api.hubapi.com'),
    appUrl: origin('HUBSPOT_APP_URL', 'https://app.hubspot.com'),
    apiFamily: values['HUBSPOT_API_FAMILY'] ?? 'v3',
    publicUrl: origin('SANDBOX_PUBLIC_URL', ''),
    publicPort: Number(values['SANDBOX_PUBLIC_PORT'] ?? DEFAULT_PUBLIC_PORT),
    configuration: Object.fromEntries(
      VARIABLES.flatMap(({ name, field }) => {
        const value = values[name]
        return field === undefined || value === undefined ? [] : [[field, value]]
      }),
    ),
  }
}

/** A refusal names fields as the form does, which the sandbox has not got: which variables these are. */
export function variablesNamedIn(message: string, titleOf: (field: string) => string): string[] {
  return VARIABLES.flatMap(({ name, field }) =>
    field !== undefined && message.includes(`"${titleOf(field)}"`) ? [`"${titleOf(field)}" is ${name} in .env.`] : [],
  )
}
