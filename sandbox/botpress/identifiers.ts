import { readFileSync } from 'node:fs'
import { execute } from '@bpinternal/verel'
import * as z from 'zod/mini'
import { definition } from './definition'
import { BotpressError } from './errors'

/** What each identifier belongs to, by webhook id: one installation at a time. Several stand-ins can share one. */
export class Identifiers {
  readonly #owners = new Map<string, string>()

  of = (webhookId: string): string | undefined => [...this.#owners].find(([, owner]) => owner === webhookId)?.[0]

  ownerOf = (identifier: string | undefined): string | undefined =>
    identifier === undefined ? undefined : this.#owners.get(identifier)

  /** `configureIntegration`. Whether the real one takes an identifier from another installation is unknown. */
  configure(webhookId: string, identifier: string | null): void {
    const owner = this.ownerOf(identifier ?? undefined)
    if (owner !== undefined && owner !== webhookId) {
      throw new BotpressError('AlreadyExists', 'Another installation has this identifier')
    }
    this.claim(webhookId, identifier)
  }

  /** The header of an answer below /oauth, which proves that the installation has the account. */
  claim(webhookId: string, identifier: string | null): void {
    const former = this.of(webhookId)
    if (former !== undefined) this.#owners.delete(former)
    if (identifier !== null) this.#owners.set(identifier, webhookId)
  }
}

export const IDENTIFIER_HEADER = 'x-bp-integration-identifier'

/** The address that all installations share. */
export const SHARED_PATH = `/integration/global/${definition.name}`

/** A request to the shared address, as extract scripts see it. */
export type SharedRequest = { body: unknown; headers: Record<string, string>; query: string; path: string }

/** Which installation a request is for, by Botpress' own engine and the integration's own script. */
export const identifierIn = (request: SharedRequest): string | undefined => identifierFrom(SCRIPT, request)

const SCRIPT = readFileSync(definition.extractScript ?? '', 'utf8')

/** https://vector.dev/docs/reference/vrl/ */
export const identifierFrom = (script: string, request: SharedRequest): string | undefined =>
  z.nullable(z.string()).parse(execute(script, { ...request }).result) ?? undefined
