/**
 * What HubSpot's descriptions leave open, or HubSpot does beside them.
 * - `lean`: required fields only; `null`: null for all others
 * - `extra`: fields and values that no description knows
 * - `numeric`: the same values in another form, such as numbers for ids
 * - `odd`: entries and places that are documented elsewhere, or nowhere
 */
export type Shape = 'full' | 'lean' | 'null' | 'extra' | 'numeric' | 'odd'

/** `unreadable` leaves out the thread of an agent's message. */
export type WebhookShape = Shape | 'unreadable'

/**
 * HubSpot: all fields of an error are optional.
 * - `bare`: no more than one word, OAuth's `error` or the category; `null`: null for all else
 * - `odd`: other types, and names from other times; `page`: a gateway's page
 */
export type ErrorShape = 'full' | 'bare' | 'null' | 'odd' | 'page'

export type Json = string | number | boolean | null | undefined | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

export const isObject = (value: Json): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Changes every object of a body, the innermost first. */
export function mapObjects(value: Json, change: (object: JsonObject) => JsonObject): Json {
  if (Array.isArray(value)) return value.map((each) => mapObjects(each, change))
  if (!isObject(value)) return value
  return change(
    Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mapObjects(inner, change)] as const)),
  )
}

/** Leaves fields out, or sets them to null. */
export const without = (object: JsonObject, keys: readonly string[], shape: 'lean' | 'null'): JsonObject =>
  Object.fromEntries(
    Object.entries(object).flatMap(([key, value]) => {
      if (!keys.includes(key)) return [[key, value]]
      return shape === 'null' ? [[key, null]] : []
    }),
  )

/** Digits become numbers where they are an id or a cursor, and ISO dates become milliseconds. */
export const withNumbers = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, asNumber(key, value)]))

function asNumber(key: string, value: Json): Json {
  if (typeof value !== 'string') return value
  if (/(^id|Id|^after|_id|phone)$/.test(key) && /^\d{1,15}$/.test(value)) return Number(value)
  if (/(At|Timestamp)$/.test(key)) return Date.parse(value)
  return value
}

export const withMore = (object: JsonObject): JsonObject => ({
  ...object,
  addedSince: null,
  addedLater: { id: { value: 1 }, results: [[]] },
})
