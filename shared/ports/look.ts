import type { Looked } from '../core/readiness/looked.ts'
import { PermanentFault } from './faults.ts'

/** What the services and the SDK call a missing permission. */
const DENIED = /^(AccessDenied|AuthorizationError|KmsAccessDenied|KMSAccessDenied)/
/** What they call something that does not exist; a key that a queue needs is something else. */
const GONE = /^(?!Kms|KMS).*(NotFound|DoesNotExist|NonExistentQueue)/
const OURS = /^(Transient|Permanent)Fault$/
/** The services name what is really missing, e.g. the use of a key by which a table is encrypted. */
const ACTION = /\bperform: ([a-z0-9-]+:[A-Za-z]+)/

/**
 * Looks at something, and never rejects: what went wrong is part of the answer.
 * @param action the permission that this takes, where the service does not name another.
 */
export async function look<T>(action: string, ask: () => Promise<T>): Promise<Looked<T>> {
  try {
    return { status: 'seen', fact: await ask() }
  } catch (fault) {
    return unseen(action, originOf(fault))
  }
}

/** The same for something that may not exist, which is seen as null. */
export async function lookFor<T>(action: string, ask: () => Promise<T>): Promise<Looked<T | null>> {
  return look(action, async () => {
    try {
      return await ask()
    } catch (fault) {
      if (GONE.test(originOf(fault).name)) return null
      throw fault
    }
  })
}

function unseen(action: string, error: Error): Looked<never> {
  if (DENIED.test(error.name)) return { status: 'not-allowed', action: ACTION.exec(error.message)?.[1] ?? action }
  return { status: 'unseen', why: whyOf(error) }
}

/** In Muster's own words, or by the name that others have for it: their texts may hold addresses. */
function whyOf(error: Error): string {
  if (OURS.test(error.name)) return error.message
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}

/** The error of the service or the SDK, which adapters keep as the cause of the fault that they make of it. */
function originOf(fault: unknown): Error {
  if (!(fault instanceof Error)) return new PermanentFault('no error')
  return fault.cause instanceof Error && OURS.test(fault.name) ? fault.cause : fault
}
