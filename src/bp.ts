/**
 * The integration's types, derived from the definition's parts instead of generated code. A tag, state, event or
 * channel that the definition lacks does not compile.
 */
import * as sdk from '@botpress/sdk'
import type { z } from '@botpress/sdk'
import type {
  actions,
  configuration,
  conversationTags,
  events,
  hitlSession,
  messageTags,
  states,
  userTags,
} from '../definitions'
import type { hitl } from '../interfaces/hitl'

type Interface = (typeof hitl)['definition']
type AllEvents = Interface['events'] & typeof events
type GetAvailability = (typeof actions)['getAvailability']
type Tags<T> = { [K in keyof T]: string }
type StartHitlInput = z.infer<Interface['actions']['startHitl']['input']['schema']>

type TIntegration = sdk.DefaultIntegration<{
  name: 'hubspot-hitl'
  version: string
  configuration: z.infer<(typeof configuration)['schema']>
  configurations: Record<never, never>
  states: { [K in keyof typeof states]: { type: 'integration'; payload: z.infer<(typeof states)[K]['schema']> } }
  user: { tags: Tags<typeof userTags> }
  entities: { hitlSession: z.infer<(typeof hitlSession)['schema']> }
  events: { [K in keyof AllEvents]: z.infer<AllEvents[K]['schema']> }
  actions: {
    createUser: {
      input: z.infer<Interface['actions']['createUser']['input']['schema']>
      output: { userId: string }
    }
    startHitl: {
      // The reference to the entity is inferred as unknown, so the entity's own type replaces it.
      input: Omit<StartHitlInput, 'hitlSession'> & { hitlSession?: z.infer<(typeof hitlSession)['schema']> }
      output: { conversationId: string }
    }
    stopHitl: { input: { conversationId: string }; output: Record<string, never> }
    getAvailability: {
      input: z.infer<GetAvailability['input']['schema']>
      output: z.infer<GetAvailability['output']['schema']>
    }
  }
  channels: {
    hitl: {
      messages: {
        [K in keyof Interface['channels']['hitl']['messages']]: z.infer<
          Interface['channels']['hitl']['messages'][K]['schema']
        >
      }
      message: { tags: Tags<typeof messageTags> }
      conversation: { tags: Tags<typeof conversationTags> }
    }
  }
}>

export class Integration extends sdk.Integration<TIntegration> {}

export type IntegrationProps = sdk.IntegrationProps<TIntegration>
export type Client = sdk.IntegrationSpecificClient<TIntegration>
/** The response to a request to the webhook. */
export type WebhookAnswer = Exclude<Awaited<ReturnType<IntegrationProps['handler']>>, void>
export type HandlerProps = Parameters<IntegrationProps['handler']>[0]
export type Context = HandlerProps['ctx']
export type Logger = HandlerProps['logger']
export type Configuration = Context['configuration']
export type Events = TIntegration['events']
export type States = { [K in keyof TIntegration['states']]: TIntegration['states'][K]['payload'] }

type Actions = IntegrationProps['actions']
export type ActionProps = { [K in keyof Actions]: Parameters<Actions[K]>[0] }
type Messages = IntegrationProps['channels']['hitl']['messages']
export type MessageProps = { [K in keyof Messages]: Parameters<Messages[K]>[0] }
