import * as z from 'zod/mini'
import type * as bp from '../bp'
import { redactCardNumbers } from '../content/to-agent/redact-card-numbers'
import { optionalList } from '../hubspot/schemas'
import type { Settings } from '../installation/configuration'

const text = z.catch(
  z.pipe(
    z.union([z.string(), z.number(), z.boolean()]),
    z.transform((value) => String(value).trim()),
  ),
  '',
)

const pairs = optionalList(z.object({ name: text, value: text }))

const ownFields = z.object({
  customer: text,
  contactId: text,
  inboxId: text,
  agent: text,
  priority: text,
  ticketProperties: pairs,
  details: pairs,
})

export type Card = ReturnType<typeof cardOf>

/** Botpress does not check what variables contain. */
type Input = Pick<bp.ActionProps['startHitl']['input'], 'title' | 'description'> & { hitlSession?: unknown }

/**
 * What the escalation card says. Studio sends '' for an emptied field, and the plugin passes on what variables contain: a
 * missing or odd value is empty.
 */
export function cardOf(
  { title = '', description = '', hitlSession }: Input,
  settings: Pick<Settings, 'redactCardNumbers'>,
) {
  // Before anything is shortened: half a number would not be recognized.
  const clean = settings.redactCardNumbers ? redactCardNumbers : String
  const read = ownFields.safeParse(hitlSession)
  const own = read.success ? read.data : ownFields.parse({})
  return {
    ...own,
    title: clean(title),
    description: clean(description),
    details: own.details.map(({ name, value }) => ({ name, value: clean(value) })),
  }
}
