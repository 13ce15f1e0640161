import { PermanentFault, TransientFault } from '../../ports/faults.ts'

/** The service's own names for "come back later", and the SDK's for "the outcome is unknown". */
const TRANSIENT_NAMES = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'ThrottledException',
  'Throttling',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'TransactionConflictException',
  'ReplicatedWriteConflictException',
  'InternalServerError',
  'InternalServerErrorException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'TimeoutError',
  'RequestTimeout',
  'RequestTimeoutException',
  'AbortError',
  // Short-lived credentials are renewed: the next try has new ones.
  'ExpiredTokenException',
  'CredentialsProviderError',
])

interface SdkError extends Error {
  readonly code?: unknown
  readonly errno?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** Whether the service said that the condition of a write does not hold. */
export function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException'
}

/**
 * Names what went wrong for the callers of the port. Transient: throttling, timeouts, a broken connection, 5xx, and an
 * answer that cannot be read (the write may have happened). Everything else would fail again in the same way.
 */
export function toFault(operation: string, error: unknown): TransientFault | PermanentFault {
  if (error instanceof TransientFault || error instanceof PermanentFault) return error
  const message = `${operation}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  return isTransient(error)
    ? new TransientFault(message, { cause: error })
    : new PermanentFault(message, { cause: error })
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const sdkError: SdkError = error
  if (TRANSIENT_NAMES.has(error.name) || sdkError.errno !== undefined) return true
  const status = sdkError.$metadata?.httpStatusCode
  if (status !== undefined) return status >= 500 || status === 429 || status < 400
  return typeof sdkError.code === 'string' && NETWORK_CODES.test(sdkError.code)
}

const NETWORK_CODES = /^(E[A-Z]+|UND_ERR_.+)$/
