import { createHash } from 'node:crypto'
import type { EventOf } from './events.ts'

type Submission = Pick<EventOf<'StageSubmitted'>['data'], 'submittedAt' | 'phase' | 'receipt'>

/** Tells one submission of a stage from another. */
export function submissionFingerprint({ submittedAt, phase, receipt }: Submission): string {
  return fingerprint([submittedAt, phase, receipt])
}

/** Ten hexadecimal digits of a JSON value, short enough for the head; the order of an object's keys does not count. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value, sortKeys)).digest('hex').slice(0, 10)
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
