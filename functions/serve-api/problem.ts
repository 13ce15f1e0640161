import type { Answered } from '../../shared/app/ask-incident.ts'
import type { Refusal } from '../../shared/core/incident/commands.ts'
import { ConflictFault, TransientFault } from '../../shared/ports/faults.ts'

/** One thing that is wrong with what was sent. */
export interface FieldError {
  readonly path: string
  /** Counted from 1; null where no line is meant. */
  readonly line: number | null
  readonly found: string
  readonly expected: string
}

interface Problem {
  readonly status: number
  /** Names the kind of problem, for programs: `urn:muster:problem:<kind>`. */
  readonly kind: string
  readonly title: string
  readonly detail: string
  readonly errors?: readonly FieldError[]
  readonly holder?: string
  readonly mergedInto?: string
}

/** Come back so many seconds later. */
const RETRY_AFTER_SECONDS = 1

/** An error as RFC 9457 problem details. */
function problem({ kind, ...rest }: Problem): Response {
  const body = JSON.stringify({ type: `urn:muster:problem:${kind}`, ...rest })
  const retry = rest.status === 503 ? { 'retry-after': String(RETRY_AFTER_SECONDS) } : {}
  return new Response(body, { status: rest.status, headers: { 'content-type': 'application/problem+json', ...retry } })
}

export function notFound(what: string): Response {
  return problem({ status: 404, kind: 'not-found', title: 'Not found', detail: `There is no such ${what}.` })
}

export function badRequest(detail: string, errors: readonly FieldError[]): Response {
  return problem({ status: 400, kind: 'invalid', title: 'The request is not valid', detail, errors })
}

export function tooLarge(mostBytes: number): Response {
  const detail = `The body is larger than ${mostBytes} bytes.`
  return problem({ status: 413, kind: 'too-large', title: 'The body is too large', detail })
}

/** A refused decision in the terms of HTTP. */
export function refusalProblem(refusal: Exclude<Answered<never>, { ok: true }>): Response {
  if (refusal.reason !== 'KeyReused') return decisionProblem(refusal)
  const detail = 'The same Idempotency-Key came before with another body.'
  return problem({ status: 422, kind: 'key-reused', title: 'The key was used before', detail })
}

function decisionProblem(refusal: Refusal): Response {
  switch (refusal.reason) {
    case 'NotFound':
      return notFound(refusal.what)
    case 'Closed':
      return problem({ status: 410, kind: 'closed', title: 'Closed', detail: 'The incident is closed.' })
    case 'Merged': {
      const { into: mergedInto } = refusal
      const detail = `The incident was merged into ${mergedInto}.`
      return problem({ status: 409, kind: 'merged', title: 'Merged', detail, mergedInto })
    }
    case 'HeldByAnother': {
      const { holder } = refusal
      const detail = `The seat is held by ${holder}.`
      return problem({ status: 409, kind: 'held-by-another', title: 'Held by another', detail, holder })
    }
    case 'Forbidden':
      return problem({ status: 403, kind: 'forbidden', title: 'Not allowed', detail: sentence(refusal.why) })
    case 'Invalid': {
      const { field, expected } = refusal
      const detail = `${field}: expected ${expected}.`
      return badRequest(detail, [{ path: field, line: null, found: 'nothing, or something else', expected }])
    }
    case 'Conflict':
      return problem({ status: 409, kind: 'conflict', title: 'Not now', detail: sentence(refusal.why) })
  }
}

/** A fault: the caller may come back, or it is ours. Nothing of how the program works leaves with it. */
export function faultProblem(fault: unknown): Response {
  if (fault instanceof ConflictFault || fault instanceof TransientFault) {
    const detail = 'The request could not be finished. The same request again is safe.'
    return problem({ status: 503, kind: 'try-again', title: 'Try again', detail })
  }
  const detail = 'Something is wrong on this side. It was noted.'
  return problem({ status: 500, kind: 'fault', title: 'A fault', detail })
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
