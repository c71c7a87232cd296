import { randomBytes } from 'node:crypto'

/** The kinds that the client turns into its own error classes, with the status that Botpress gives each. */
const STATUS = {
  InvalidPayload: 400,
  AlreadyExists: 409,
  InvalidQuery: 400,
  ReferenceNotFound: 400,
  Unauthorized: 401,
  Forbidden: 403,
  ResourceNotFound: 404,
  MethodNotFound: 405,
  Internal: 500,
} as const

export type ErrorType = keyof typeof STATUS

/**
 * `ResourceNotFound` is for an id in the path, `ReferenceNotFound` for one in a body. The client recognises an error
 * by `id`, `code`, `type` and `message` together; without any of them it reports "Unknown".
 */
export class BotpressError extends Error {
  readonly type: ErrorType

  constructor(type: ErrorType, message: string) {
    super(message)
    this.type = type
  }

  get status(): (typeof STATUS)[ErrorType] {
    return STATUS[this.type]
  }

  toBody(): { id: string; code: number; type: ErrorType; message: string } {
    return { id: newErrorId(), code: this.status, type: this.type, message: this.message }
  }
}

function newErrorId(): string {
  const time = new Date().toISOString().replaceAll(/[-:TZ]|\..*/g, '')
  return `err_${time}x${randomBytes(4).toString('hex').toUpperCase()}`
}
