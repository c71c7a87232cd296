import { readFileSync } from 'node:fs'
import { execute } from '@bpinternal/verel'
import * as z from 'zod/mini'
import { definition } from './definition'

/** What Botpress hands to a link template: the gateway's address, and which installation it is. */
type LinkFacts = { webhookUrl: string; webhookId: string }

/** Where the Authorize button of an installation leads, as the integration's own template has it. */
export const authorizeLinkOf = ({ webhookBase, webhookId }: { webhookBase: string; webhookId: string }): string =>
  linkFrom(readFileSync(definition.linkTemplate ?? '', 'utf8'), { webhookUrl: webhookBase, webhookId })

/** The link that a template yields, run by Botpress' own engine. https://vector.dev/docs/reference/vrl/ */
export const linkFrom = (template: string, facts: LinkFacts): string =>
  z.string().parse(execute(template, { ...facts }).result)
