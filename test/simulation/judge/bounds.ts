import { MOST_COMMIT_BYTES } from '../../../shared/app/rows/commit-row.ts'
import { MOST_HEAD_BYTES } from '../../../shared/app/rows/head-row.ts'
import type { InstanceKind } from '../world/instance.ts'
import type { Case, Violation } from './violation.ts'

/** Calls to the outside that one run may make on a calm day. */
const MOST_CALLS: Readonly<Record<InstanceKind, number>> = {
  intake: 90,
  door: 40,
  importer: 6,
  dispatcher: 330,
  waker: 60,
  sender: 90,
  receiver: 40,
  ticker: 400,
}
const MOST_FINDINGS = 100
/** The delay queue takes no message for later than this. */
const LONGEST_DELAY_MS = 900_000

export function judgeBounds({ played, records }: Case): Violation[] {
  const { evidence, town, profile } = played
  const details: string[] = []
  if (evidence.largestHead > MOST_HEAD_BYTES) details.push(`a head of ${evidence.largestHead} bytes`)
  if (evidence.longestDelayMs > LONGEST_DELAY_MS) details.push(`a wake ${evidence.longestDelayMs} ms ahead`)
  for (const { commits } of records.values()) {
    for (const { commit, bytes } of commits) {
      if (bytes > MOST_COMMIT_BYTES) details.push(`${commit.incidentId} ${commit.sequence} has ${bytes} bytes`)
      const findings = commit.events.filter(({ type }) => type === 'FindingJoined' || type === 'FindingUpdated').length
      if (findings > MOST_FINDINGS) details.push(`${commit.incidentId} ${commit.sequence} has ${findings} findings`)
    }
  }
  if (profile.wakesPrompt) {
    for (const [kind, calls] of town.world.calls) {
      if (calls > MOST_CALLS[kind]) details.push(`one ${kind} made ${calls} calls`)
    }
  }
  const stuck = evidence.alarms.filter(({ name }) => name === 'WakeFailed')
  return [
    ...details.map((detail): Violation => ({ invariant: 'within bounds', incidentId: null, detail })),
    ...stuck.map(
      ({ detail }): Violation => ({
        invariant: 'no stuck wake',
        incidentId: String(detail.incidentId),
        detail: 'due, with nothing to decide',
      }),
    ),
  ]
}
