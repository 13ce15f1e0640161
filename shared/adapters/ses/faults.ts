import { TransientFault } from '../../ports/faults.ts'

/** The SDK's and the services' names for "come back later" among the answers that otherwise blame the caller. */
const COME_BACK = new Set([
  'TooManyRequestsException',
  'ThrottlingException',
  'Throttling',
  'RequestTimeout',
  'RequestTimeoutException',
  // Short-lived credentials are renewed: the next try has new ones.
  'ExpiredTokenException',
])

/** How SES finds fault with an address; its exception is the one for any bad request. */
const ABOUT_THE_ADDRESS =
  /^(Missing (final '@domain'|local name|domain)|(Quoted )?local address |Domain (contains|starts|ends|literal)|(Illegal|Empty) address|Illegal whitespace in address|Invalid email address)/i

const NOT_VERIFIED = /not verified/i

interface SdkError extends Error {
  readonly code?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** Whether SES can never send to this address; the sender's own was looked at when the provider was made. */
export function isAddressRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'BadRequestException' && ABOUT_THE_ADDRESS.test(error.message)
}

/**
 * Whatever is not the address's own fault, as a transient one: throttling, 5xx and timeouts, but also the set-up: a
 * sender that is not verified, an account that is paused or in the sandbox, a permission that is missing. Trying again
 * will not mend those; but after three tries the channel has failed and the person's next one is used, while a refusal
 * would hold against the address for the whole incident, and a permanent fault would leave the page to the dead letters.
 *
 * The message has names and numbers only, and no `cause`: what SES says quotes addresses.
 */
export function sesFault(operation: string, error: unknown): TransientFault {
  return new TransientFault(`SES ${operation}: ${isSetUp(error) ? 'set-up' : 'come back'}: ${nameOf(error)}`)
}

function isSetUp(error: unknown): boolean {
  if (!(error instanceof Error) || COME_BACK.has(error.name)) return false
  const status = (error as SdkError).$metadata?.httpStatusCode
  return status !== undefined && status >= 400 && status < 500 && status !== 429
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no error'
  const { name, message, code, $metadata }: SdkError = error
  const hint = NOT_VERIFIED.test(message) ? 'not verified: the sender or, in the sandbox, the receiver' : null
  const words = [name, code, $metadata?.httpStatusCode, $metadata?.requestId].filter(
    (word) => word !== undefined && PLAIN.test(String(word)),
  )
  return [...words, ...(hint === null ? [] : [hint])].join(', ')
}

/** A name, a status or a request's id; no text, no address. */
const PLAIN = /^([A-Za-z][\w.]{0,79}|\d{3}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
