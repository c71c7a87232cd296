import { readFileSync } from 'node:fs'
import { definition } from './definition'

/** What Botpress hands to a link template: the gateway's address, and which installation it is. */
export type LinkFacts = { webhookUrl: string; webhookId: string }

const ASSIGNMENT = /^([a-z_]+) = to_string!\(\.(\w+)\)$/
const TEXT = /^"([^"\\]*)"$/
const PLACE = /\{\{ ([a-z_]+) \}\}/g

/** Where the Authorize button of an installation leads, as the integration's own template has it. */
export const authorizeLinkOf = ({ webhookBase, webhookId }: { webhookBase: string; webhookId: string }): string =>
  linkFrom(readFileSync(definition.linkTemplate ?? '', 'utf8'), { webhookUrl: webhookBase, webhookId })

/**
 * The link that a template yields. Templates are written in VRL; of that, facts that become names and one text at the
 * end are understood here, and everything else is refused.
 * https://vector.dev/docs/reference/vrl/
 */
export function linkFrom(template: string, facts: LinkFacts): string {
  const names = new Map<string, string>()
  const lines = template.split('\n').map((line) => line.trim())
  const statements = lines.filter((line) => line !== '' && !line.startsWith('#'))
  const last = statements.pop() ?? ''
  for (const statement of statements) {
    const [, name = '', fact = ''] = ASSIGNMENT.exec(statement) ?? []
    if (!isFact(facts, fact)) throw new Error(`The link template cannot be read: ${statement}`)
    names.set(name, facts[fact])
  }
  const [, text] = TEXT.exec(last) ?? []
  if (text === undefined) throw new Error(`The link template does not end with a text: ${last}`)
  return text.replaceAll(PLACE, (place, name: string) => {
    const value = names.get(name)
    if (value === undefined) throw new Error(`The link template uses ${place}, which it has not named`)
    return value
  })
}

const isFact = (facts: LinkFacts, name: string): name is keyof LinkFacts => Object.hasOwn(facts, name)
