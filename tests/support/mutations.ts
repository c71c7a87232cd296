import * as fc from 'fast-check'

type Json = Record<string, unknown>
type Mutation = { template: Json; path: string[]; value: unknown }

/** Values that are not an id, a text or a number. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(null, true, false, '', [], {}),
  fc.array(fc.jsonValue(), { minLength: 1, maxLength: 3 }),
  fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, maxKeys: 3 }),
)

/** A required field of an event, with invalid values for it. */
type Broken = { path: string[]; values: fc.Arbitrary<unknown> }

const otherThan = (...originals: string[]): fc.Arbitrary<unknown> =>
  fc.oneof(
    junk,
    fc.string().filter((text) => !originals.includes(text.trim())),
    fc.double().filter((number) => !originals.includes(String(number))),
  )

const OF_ALL_APP_EVENTS: Broken[] = [
  { path: ['objectId'], values: otherThan() },
  { path: ['subscriptionType'], values: otherThan('conversation.deletion', 'conversation.privacyDeletion') },
]

export type Templates = { message: Json; assignment: Json; closing: Json }

/** Genuine events of one of our sessions, each with one required field broken. */
export function brokenEvents({ message, assignment, closing }: Templates): fc.Arbitrary<Json> {
  const ofMessage: Broken[] = [
    { path: ['type'], values: otherThan(String(message['type'])) },
    { path: ['channelId'], values: otherThan(String(message['channelId'])) },
    { path: ['message'], values: otherThan() },
    { path: ['message', 'id'], values: junk },
    { path: ['message', 'conversationsThreadId'], values: junk },
  ]
  const ofChange: Broken[] = [
    ...OF_ALL_APP_EVENTS,
    { path: ['propertyName'], values: otherThan('status', 'assignedTo') },
  ]
  const ofClosing: Broken[] = [...ofChange, { path: ['propertyValue'], values: otherThan('CLOSED', 'ARCHIVED') }]
  const ofAssignment: Broken[] = [
    ...ofChange,
    { path: ['propertyValue'], values: fc.constantFrom({}, [], ['A-1'], { id: 'A-1' }) },
  ]
  return fc
    .oneof(mutations(message, ofMessage), mutations(assignment, ofAssignment), mutations(closing, ofClosing))
    .map(applied)
}

const mutations = (template: Json, broken: Broken[]): fc.Arbitrary<Mutation> =>
  fc.oneof(...broken.map(({ path, values }) => values.map((value) => ({ template, path, value }))))

function applied({ template, path: [first = '', ...rest], value }: Mutation): Json {
  const inner = template[first]
  if (rest.length === 0 || typeof inner !== 'object' || inner === null) return { ...template, [first]: value }
  return { ...template, [first]: applied({ template: { ...inner }, path: rest, value }) }
}

/** Bodies without a valid event: truncated, wrapped or of another kind. */
export const brokenBodies = (genuine: Json): fc.Arbitrary<string> =>
  fc.oneof(
    fc.nat(JSON.stringify(genuine).length - 1).map((length) => JSON.stringify(genuine).slice(0, length)),
    fc.constantFrom([[genuine]], { events: [genuine] }, [JSON.stringify(genuine)]).map((body) => JSON.stringify(body)),
    fc.json(),
    fc.string(),
  )
