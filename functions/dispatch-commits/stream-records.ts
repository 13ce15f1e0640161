import type { DynamoDBBatchItemFailure, DynamoDBStreamEvent } from 'aws-lambda'
import { readCommitKey } from '../../shared/app/rows/keys.ts'

/** One incident's commits in a batch of the stream. */
export interface Behind {
  readonly incidentId: string
  readonly sequences: readonly number[]
  /** Where the stream goes on from, should this one fail. */
  readonly firstRecord: string
}

/** The incidents whose commits a batch tells of, in its order; what is no commit is passed over. */
export function behindOf({ Records }: DynamoDBStreamEvent): Behind[] {
  const byIncident = new Map<string, Behind>()
  for (const { dynamodb } of Records) {
    const commit = readCommitKey({ pk: dynamodb?.Keys?.pk?.S ?? '', sk: dynamodb?.Keys?.sk?.S ?? '' })
    if (commit === null) continue
    const { incidentId, sequence } = commit
    const known = byIncident.get(incidentId)
    const firstRecord = known?.firstRecord ?? dynamodb?.SequenceNumber ?? ''
    byIncident.set(incidentId, { incidentId, sequences: [...(known?.sequences ?? []), sequence], firstRecord })
  }
  return [...byIncident.values()]
}

/** The stream goes on from the earliest failure, whatever came after it: to dispatch twice does no harm. */
export function firstFailures(failed: readonly Behind[]): DynamoDBBatchItemFailure[] {
  const numbers = failed.map(({ firstRecord }) => firstRecord)
  // Sequence numbers are decimal and may differ in length.
  const first = numbers.sort((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1))[0]
  return first === undefined ? [] : [{ itemIdentifier: first }]
}
