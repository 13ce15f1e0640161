import type * as z from 'zod/mini'
import type { UngradedFinding } from '../core/findings/finding.ts'
import type { Instant } from '../core/time/instant.ts'
import { isRecord } from './tolerant-schema.ts'

export type Segment = string | number

/** What the envelope says about where an event came from, for findings that leave it out themselves. */
export interface Envelope {
  /** Of this one event; a repeat has another. */
  readonly id: string | undefined
  /** `aws.health` and the like. */
  readonly source: string | undefined
  readonly detailType: string | undefined
  readonly account: string | undefined
  readonly region: string | undefined
  readonly time: Instant | undefined
  /** ARNs, as far as they are text. At most 100. */
  readonly resources: readonly string[]
  /** The ARN of the topic over which it came; the innermost where there are several. */
  readonly topicArn?: string | undefined
}

/** Of a finding that came without one. */
export const NO_ENVELOPE: Envelope = {
  id: undefined,
  source: undefined,
  detailType: undefined,
  account: undefined,
  region: undefined,
  time: undefined,
  resources: [],
}

/** One finding, or where in it the first fault is. */
export type Parsed =
  | { readonly ok: true; readonly finding: UngradedFinding }
  | {
      readonly ok: false
      readonly path: readonly Segment[]
      /** What should have been there. */
      readonly expected: string
      /** The provider's id, where at least that could be read. */
      readonly findingId: string | null
    }

/** Stands where neither the finding nor its envelope says. */
export const UNKNOWN = 'unknown'

/** The first fault that a schema found. */
export function refusal(error: z.core.$ZodError, idKeys: readonly string[], value: unknown): Parsed {
  const [issue] = error.issues
  const path = (issue?.path ?? []).map((segment) => (typeof segment === 'number' ? segment : String(segment)))
  return { ok: false, path, expected: issue?.message ?? 'a finding', findingId: idIn(value, idKeys) }
}

function idIn(value: unknown, idKeys: readonly string[]): string | null {
  if (!isRecord(value)) return null
  const id = idKeys.map((key) => value[key]).find((candidate) => typeof candidate === 'string' && candidate !== '')
  return typeof id === 'string' ? id.slice(0, 2048).toWellFormed() : null
}
