import { ConflictException, ValidationException } from '@aws-sdk/client-pinpoint-sms-voice-v2'
import { TransientFault } from '../../ports/faults.ts'

/** Conflicts that are about this number and last; all others are about the account. */
const REFUSALS: ReadonlyMap<string | undefined, string> = new Map([
  ['DESTINATION_PHONE_NUMBER_OPTED_OUT', 'the number has opted out'],
  ['DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE', 'the account blocks this number'],
])

/** Reasons that blame the field itself. Those about countries and identities name it too, but the account can mend them. */
const BLAMES_THE_FIELD = new Set(['FIELD_VALIDATION_FAILED', 'INVALID_PARAMETER', 'CANNOT_PARSE'])

/** The service's own names for "come back later" among the answers that otherwise blame the caller. */
const COME_BACK = new Set([
  'ThrottlingException',
  'Throttling',
  'TooManyRequestsException',
  'RequestTimeout',
  'RequestTimeoutException',
  // Short-lived credentials are renewed: the next try has new ones.
  'ExpiredTokenException',
])

interface SdkError extends Error {
  readonly code?: unknown
  readonly Reason?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** Why this number can never be sent to (opted out, no number, a landline); null when it is not the number's fault. */
export function whyNumberRefused(error: unknown): string | null {
  if (error instanceof ConflictException) return REFUSALS.get(error.Reason) ?? null
  if (!(error instanceof ValidationException) || !BLAMES_THE_FIELD.has(error.Reason ?? '')) return null
  const isBlamed = error.Fields?.some(({ Name }) => Name?.toLowerCase() === 'destinationphonenumber') ?? false
  return isBlamed ? 'not a number that can receive text messages' : null
}

/**
 * Whatever is not the number's own fault, as a transient one: throttling, 5xx and timeouts, but also the set-up: a spend
 * limit, a sandbox, a country that is not allowed, an identity that does not exist. Trying again will not mend those; but
 * after three tries the channel has failed and the person's next one is used, while a refusal would hold against the
 * number for the whole incident, and a permanent fault would leave the page to the dead letters.
 *
 * The message has names and numbers only, such as `MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT`, and no `cause`: what the
 * service says may quote the phone number.
 */
export function smsFault(operation: string, error: unknown): TransientFault {
  return new TransientFault(`SMS ${operation}: ${isSetUp(error) ? 'set-up' : 'come back'}: ${nameOf(error)}`)
}

function isSetUp(error: unknown): boolean {
  if (!(error instanceof Error) || COME_BACK.has(error.name)) return false
  const status = (error as SdkError).$metadata?.httpStatusCode
  return status !== undefined && status >= 400 && status < 500 && status !== 429
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no error'
  const { name, code, Reason, $metadata }: SdkError = error
  return [name, Reason, code, $metadata?.httpStatusCode, $metadata?.requestId]
    .filter((word) => word !== undefined && PLAIN.test(String(word)))
    .join(', ')
}

/** A name, a status or a request's id; no text, no phone number. */
const PLAIN = /^([A-Za-z][\w.]{0,79}|\d{3}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
