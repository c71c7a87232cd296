import { posix } from 'node:path'
import { describe, expect, it } from 'vitest'
import { actions } from '../../definitions/actions'
import { configurationSchema } from '../../definitions/configuration'
import { events } from '../../definitions/events'
import { hitlSession } from '../../definitions/hitl-session'
import { manual, sectionOf, type Manual } from './manual'

const stepsOf = (file: Manual, heading: string): string[] =>
  sectionOf(file, heading)
    .split('\n')
    .filter((line) => /^\d+\. /.test(line))

const MANUALS: Manual[] = [
  'hub.md',
  'docs/after-the-handoff.md',
  'docs/availability.md',
  'docs/existing-app.md',
  'docs/migrating.md',
  'docs/publishing.md',
  'docs/wrong-settings.md',
]

/** As links name a heading. */
const anchorsIn = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, '')
      .replaceAll(' ', '-'),
  )

describe('hub.md', () => {
  it('has at most 120 lines', () => {
    expect(manual('hub.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120)
  })

  it('connects in four steps with one command', () => {
    expect(stepsOf('hub.md', '## Connect')).toHaveLength(4)
    expect(sectionOf('hub.md', '## Connect')).toContain('`node botpress-inbox.mjs`')
    expect(manual('hub.md')).not.toMatch(/^ *```|\b(npx|curl) /m)
  })

  it('has ten troubles, with the scopes first', () => {
    const [, , ...rows] = sectionOf('hub.md', '## Troubles').match(/^\| .*$|^\|---.*$/gm) ?? []
    expect(rows).toHaveLength(10)
    expect(rows[0]).toContain('the scopes do not match')
  })

  it('explains every field of the form by its title', () => {
    const table = sectionOf('hub.md', '## The fields')
    for (const { ui } of Object.values<{ ui?: { title?: unknown } }>(configurationSchema.shape)) {
      expect(table).toContain(`**${String(ui?.title)}**`)
    }
  })

  it('explains every field of the card by its title', () => {
    const table = sectionOf('hub.md', '## The card in Studio')
    for (const { ui } of Object.values<{ ui?: { title?: unknown } }>(hitlSession.schema.shape)) {
      expect(table).toContain(`**${String(ui?.title)}**`)
    }
  })

  it('explains every status of the agents', () => {
    const { options } = actions.getAvailability.output.schema.shape.status
    for (const status of options)
      expect(sectionOf('docs/availability.md', '# Agent availability')).toContain(`\`${status}\``)
  })

  it('explains every field of the event at the end of a session', () => {
    const table = sectionOf('docs/after-the-handoff.md', '## The event')
    const { shape } = events.handoffEnded.schema
    const values = [...shape.endedBy.options, ...shape.outcome.options]
    for (const name of [...Object.keys(shape), ...values]) expect(table).toContain(`\`${name}\``)
  })

  it('explains every option for unknown customers', () => {
    const ways: readonly string[] = configurationSchema.shape.unknownContact.unwrap().options
    expect(ways).toHaveLength(3)
    for (const way of ways) expect(sectionOf('hub.md', '## The fields')).toContain(`**${way}**`)
  })
})

describe('docs/existing-app.md', () => {
  it('counts at most fourteen actions from installing to connected', () => {
    const steps = stepsOf('docs/existing-app.md', '## From installing to connected')
    expect(steps[0]).toContain('Install')
    expect(steps.at(-1)).toContain('*Connect*')
    expect(steps.length).toBeLessThanOrEqual(14)
  })

  it('sets up an existing app in at most six steps', () => {
    const steps = stepsOf('docs/existing-app.md', '## An app made for an older integration')
    expect(steps.length).toBeGreaterThan(0)
    expect(steps.length).toBeLessThanOrEqual(6)
  })
})

it.each(MANUALS)('the links of %s to manuals lead to headings that exist', (file) => {
  const links = [...manual(file).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].map(([, path = '', anchor]) => ({
    to: path === '' ? file : posix.join(posix.dirname(file), path),
    anchor,
  }))
  const isBroken = ({ to, anchor }: (typeof links)[number]) => {
    const target = MANUALS.find((each) => each === to)
    return !target || (anchor !== undefined && !anchorsIn(manual(target)).includes(anchor))
  }
  expect(links.filter(isBroken)).toEqual([])
})
