import { PermanentFault, TransientFault } from '../../ports/faults.ts'

/** The service's names for "come back later", the SDK's for "the outcome is unknown", and for credentials to be renewed. */
const COME_BACK =
  /Throttl|TooManyRequests|LimitExceeded|Timeout|Unavailable|Internal|^AbortError$|^ExpiredToken|^CredentialsProviderError$/
const NETWORK_CODE = /^(E[A-Z]+|UND_ERR_.+)$/

interface SdkError extends Error {
  readonly code?: unknown
  readonly errno?: unknown
  readonly $metadata?: { readonly httpStatusCode?: number }
}

/** Whether the service answered with this error. */
export function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}

/** Sends one request. @throws TransientFault or PermanentFault, also for a fault of the caller's own. */
export async function ask<Answer>(operation: string, send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send()
  } catch (error) {
    throw toFault(operation, error)
  }
}

/**
 * Names what went wrong for the callers of the port. Transient: throttling, timeouts, a broken connection, 5xx, and an
 * answer that cannot be read. Everything else would fail again in the same way.
 */
export function toFault(operation: string, error: unknown): TransientFault | PermanentFault {
  if (error instanceof TransientFault || error instanceof PermanentFault) return error
  const Fault = isTransient(error) ? TransientFault : PermanentFault
  // The parser quotes what it could not read, which may be a data key.
  if (error instanceof SyntaxError) return new Fault(`${operation}: an answer that cannot be read`)
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return new Fault(`${operation}: ${what}`, { cause: error })
}

function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const sdkError: SdkError = error
  if (COME_BACK.test(error.name) || sdkError.errno !== undefined) return true
  const status = sdkError.$metadata?.httpStatusCode
  if (status !== undefined) return status >= 500 || status === 429 || status < 400
  return typeof sdkError.code === 'string' && NETWORK_CODE.test(sdkError.code)
}
