import { createHash } from 'node:crypto'
import type { EventOf } from './events.ts'

type Submission = Pick<EventOf<'StageSubmitted'>['data'], 'submittedAt' | 'phase' | 'receipt'>

/** Ten hexadecimal digits that tell one submission of a stage from another, short enough for the head. */
export function submissionFingerprint({ submittedAt, phase, receipt }: Submission): string {
  return createHash('sha256')
    .update(JSON.stringify([submittedAt, phase, receipt]))
    .digest('hex')
    .slice(0, 10)
}
