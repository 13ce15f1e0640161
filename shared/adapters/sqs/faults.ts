import { PermanentFault, TransientFault } from '../../ports/faults.ts'

/** The service's names for "come back later", the SDK's for "the outcome is unknown", and for credentials to be renewed. */
const COME_BACK =
  /Throttl|TooManyRequests|LimitExceeded|OverLimit|Timeout|Unavailable|Internal|^InvalidChecksum|^AbortError$|^ExpiredToken|^CredentialsProviderError$/
const NETWORK_CODE = /^(E[A-Z]+|UND_ERR_.+)$/
/** A message that was altered on its way. The SDK has no name for it, only this text. */
const ALTERED = /^Invalid MD5 checksum/

interface SdkError extends Error {
  readonly code?: unknown
  readonly errno?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** Whether what the service calls so may be over at the next try. */
export function passes(code: string): boolean {
  return COME_BACK.test(code)
}

/**
 * Names what went wrong for the callers of the port. Transient: throttling, timeouts, a broken connection, 5xx, and an
 * answer that cannot be read (the messages may have been taken). Everything else would fail again in the same way.
 */
export function toFault(operation: string, error: unknown): TransientFault | PermanentFault {
  const message = `${operation}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`
  return isTransient(error)
    ? new TransientFault(message, { cause: error })
    : new PermanentFault(message, { cause: error })
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const sdkError: SdkError = error
  if (passes(error.name) || ALTERED.test(error.message) || sdkError.errno !== undefined) return true
  const status = sdkError.$metadata?.httpStatusCode
  if (status !== undefined) return status >= 500 || status === 429 || status < 400
  return typeof sdkError.code === 'string' && NETWORK_CODE.test(sdkError.code)
}
