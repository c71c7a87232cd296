import { messages, WELL_KNOWN_ATTRIBUTES, z, type InterfacePackage } from '@botpress/sdk'

/**
 * The public HITL interface 2.1.0 as data, so that implementing it needs no generated code. The schemas match the
 * interface. An integration that extends it replaces the entity `hitlSession` with its own.
 */

/** Studio shows the card, but not the actions and events behind it. */
const hidden = WELL_KNOWN_ATTRIBUTES.HIDDEN_IN_STUDIO

const withSender = {
  userId: z.string().optional().title('User ID').describe('The user to send the message as, instead of the bot'),
  additionalData: z
    .string()
    .max(500)
    .optional()
    .title('Additional Data')
    .describe('Custom data to send along with the message'),
}

const channelMessages = {
  text: { schema: messages.defaults.text.schema.extend(withSender) },
  image: { schema: messages.defaults.image.schema.extend(withSender) },
  audio: { schema: messages.defaults.audio.schema.extend(withSender) },
  video: { schema: messages.defaults.video.schema.extend(withSender) },
  file: { schema: messages.defaults.file.schema.extend(withSender) },
  bloc: { schema: messages.markdownBloc.schema.extend(withSender) },
}

const senderKind = <T extends string>(type: T) => z.literal(type).title('Sender Type').describe('User or bot')

const historySource = z.union([
  z.object({ type: senderKind('user'), userId: z.string().title('User ID').describe('The user who sent the message') }),
  z.object({ type: senderKind('bot') }),
])

const entry = <T extends string, P extends z.ZodTypeAny>(type: T, payload: P) =>
  z.object({
    source: historySource.title('Source').describe('Who sent the message'),
    type: z.literal(type).title('Message Type').describe('The kind of message'),
    payload: payload.title('Payload').describe('The content of the message'),
  })

/** One message of the conversation so far. It can have any type that a bot or customer can send. */
const historyEntry = z.discriminatedUnion('type', [
  entry('text', messages.defaults.text.schema),
  entry('image', messages.defaults.image.schema),
  entry('audio', messages.defaults.audio.schema),
  entry('video', messages.defaults.video.schema),
  entry('file', messages.defaults.file.schema),
  entry('location', messages.defaults.location.schema),
  entry('carousel', messages.defaults.carousel.schema),
  entry('card', messages.defaults.card.schema),
  entry('choice', messages.defaults.choice.schema),
  entry('dropdown', messages.defaults.dropdown.schema),
  entry('markdown', messages.markdown.schema),
  entry('bloc', messages.markdownBloc.schema),
])

const createUserInput = z.object({
  name: z.string().title('Name').describe('Display name of the customer'),
  pictureUrl: z.string().optional().title('Picture URL').describe('Picture of the customer'),
  email: z
    .string()
    .optional()
    .title('E-mail or Phone Number')
    .describe('How agents reach the customer: an e-mail address or phone number'),
})

const createUserOutput = z.object({
  userId: z.string().title('User ID').describe('The Botpress user created for the customer'),
})

const conversationId = z.string().title('Conversation ID').describe('The conversation of the session')

const startHitlInput = z.object({
  userId: z.string().title('User ID').describe('The user that createUser returned for the customer'),
  title: z.string().optional().title('Title').describe('What the session is about, in a few words'),
  description: z.string().optional().title('Description').describe('What the session is about, at length'),
  // The entity provides title and description.
  hitlSession: z.ref('hitlSession').optional(),
  messageHistory: z
    .array(historyEntry)
    .title('Message History')
    .describe('The conversation so far, for the agent to read'),
})

export const hitl = {
  type: 'interface',
  name: 'hitl',
  version: '2.1.0',
  definition: {
    name: 'hitl',
    version: '2.1.0',
    entities: {
      hitlSession: { title: 'HITL session', description: 'A conversation with human agents', schema: z.object({}) },
    },
    events: {
      hitlAssigned: {
        title: 'Agent assigned',
        description: 'A human agent has taken the conversation',
        attributes: hidden,
        schema: z.object({
          conversationId,
          userId: z.string().title('Agent User ID').describe('The user who is the agent'),
        }),
      },
      hitlStopped: {
        title: 'Session ended',
        description: 'The human agent has closed the conversation',
        attributes: hidden,
        schema: z.object({ conversationId }),
      },
    },
    actions: {
      createUser: {
        title: 'Create customer',
        description: "Create or find the customer in the agents' service",
        attributes: hidden,
        input: { schema: createUserInput },
        output: { schema: createUserOutput },
      },
      startHitl: {
        title: 'Start session',
        description: 'Open a conversation with human agents',
        attributes: hidden,
        input: { schema: startHitlInput },
        output: { schema: z.object({ conversationId }) },
      },
      stopHitl: {
        title: 'Stop session',
        description: 'End a conversation with human agents',
        attributes: hidden,
        input: { schema: z.object({ conversationId }) },
        output: { schema: z.object({}) },
      },
    },
    channels: {
      hitl: {
        title: 'HITL',
        description: 'Messages between the customer and the human agent',
        messages: channelMessages,
        message: { tags: {} },
        conversation: { tags: {} },
      },
    },
  },
} as const satisfies InterfacePackage
