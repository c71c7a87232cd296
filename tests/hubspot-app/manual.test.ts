import { describe, expect, it } from 'vitest'
import { actions } from '../../definitions/actions'
import { configurationSchema } from '../../definitions/configuration'
import { hitlSession } from '../../definitions/hitl-session'
import { manual, sectionOf } from './manual'

const stepsOf = (heading: string): string[] =>
  sectionOf(heading)
    .split('\n')
    .filter((line) => /^\d+\. /.test(line))

const commandsOf = (heading: string): string[] => {
  const [, ...blocks] = sectionOf(heading).split(/^ *```.*$/m)
  return blocks.filter((_block, index) => index % 2 === 0).flatMap((block) => block.trim().split('\n'))
}

describe('hub.md', () => {
  it('sets up a new app in at most eight steps with two commands', () => {
    expect(stepsOf('### Creating a new app').length).toBeGreaterThan(0)
    expect(stepsOf('### Creating a new app').length).toBeLessThanOrEqual(8)
    expect(commandsOf('### Creating a new app')).toHaveLength(2)
  })

  it('sets up an existing app in at most six steps, without a command', () => {
    expect(stepsOf('### Using an existing app').length).toBeGreaterThan(0)
    expect(stepsOf('### Using an existing app').length).toBeLessThanOrEqual(6)
    expect(commandsOf('### Using an existing app')).toEqual([])
  })

  it('does not require curl', () => {
    expect(manual).not.toMatch(/\bcurl\b/)
  })

  it('explains every field of the form by its title', () => {
    const table = sectionOf('## The fields')
    for (const { ui } of Object.values<{ ui?: { title?: unknown } }>(configurationSchema.shape)) {
      expect(table).toContain(`**${String(ui?.title)}**`)
    }
  })

  it('explains every field of the card by its title', () => {
    const table = sectionOf('## The card in Studio')
    for (const { ui } of Object.values<{ ui?: { title?: unknown } }>(hitlSession.schema.shape)) {
      expect(table).toContain(`**${String(ui?.title)}**`)
    }
  })

  it('explains every status of the agents', () => {
    const { options } = actions.getAvailability.output.schema.shape.status
    for (const status of options)
      expect(sectionOf('## Asking first whether an agent is available')).toContain(`\`${status}\``)
  })

  it('explains every option for unknown customers', () => {
    const ways: readonly string[] = configurationSchema.shape.unknownContact.unwrap().options
    expect(ways).toHaveLength(3)
    for (const way of ways) expect(sectionOf('### Customers without a contact')).toContain(`**${way}**`)
  })

  it('has no broken links to its own sections', () => {
    const anchors = [...manual.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\w -]/g, '')
        .replaceAll(' ', '-'),
    )
    const links = [...manual.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    expect(links.length).toBeGreaterThan(5)
    for (const link of links) expect(anchors).toContain(link)
  })
})
