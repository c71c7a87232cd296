import type { HubSpotAddresses } from '../reach-hubspot'
import { DEFAULT_PUBLIC_PORT, VARIABLES, type Values } from './variables'

/** The settings for a real HubSpot account. */
export type RealSettings = HubSpotAddresses & {
  apiFamily: string
  /** Where HubSpot reaches this machine, without a trailing slash. */
  publicUrl: string
  /** The port that the tunnel must lead to. */
  publicPort: number
  configuration: Record<string, string>
}

/**
 * Undefined if no variable of a HubSpot account is set. If only some are set, or some are invalid, throws an error that
 * lists all problems with their remedies.
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
If none of the variables in that section of .env.example is set, npm start simulates HubSpot on this machine.`

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

/** Maps the form fields that a refusal names to the environment variables that fill them in. */
export function variablesNamedIn(message: string, titleOf: (field: string) => string): string[] {
  return VARIABLES.flatMap(({ name, field }) =>
    field !== undefined && message.includes(`"${titleOf(field)}"`) ? [`"${titleOf(field)}" is ${name} in .env.`] : [],
  )
}
