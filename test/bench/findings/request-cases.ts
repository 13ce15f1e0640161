import type { Counts } from '../../../shared/adapters/counting/table.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { SEATS } from '../cost/sample-organisation.ts'
import { SteppedMuster } from './stepped-muster.ts'
import { stormFinding } from './storms.ts'

/** What one thing asks of the database from its beginning on, without faults or others beside it. */
export interface RequestCase {
  readonly name: string
  /** Without the rows of indexes, which no request is made for. */
  readonly requests: number
  readonly indexWrites: number
  readonly most: number
}

export async function requestCases(): Promise<RequestCase[]> {
  const first = stormFinding('case', 1, 'payments-api-role')
  const later = { ...first, count: 2, updatedAt: plusSeconds(first.updatedAt, 60) }
  const muster = await SteppedMuster.start(first.updatedAt)
  const dispatch = () => muster.dispatch()
  const committed = await muster.cost(() => muster.ingest(first))
  const dispatched = await muster.cost(dispatch)
  const toHead = muster.costUpToHead()
  const paged = await muster.cost(() => muster.send())
  if (muster.provider.paged(SEATS.length).oncePerSeat !== 1) throw new Error('not every seat was paged')
  await dispatch()
  const [role] = SEATS
  const acknowledged = await muster.cost(() => muster.acknowledge(role, `${role}-1`), dispatch)
  const raised = await muster.cost(() => muster.ingest(later))
  // The stream tells of commits, the only items that come into the index of what is due: without one nothing follows.
  const followed = raised.indexWrites > 0 ? [await muster.cost(dispatch)] : []
  const repeated = await muster.cost(() => muster.ingest(later))
  return [
    requestCase('unchanged repeat', 1, repeated),
    requestCase('raised count, all that follows', 3, raised, ...followed),
    requestCase('new incident, up to its commit', 3, committed),
    requestCase('new incident, up to head and row', 8, committed, toHead),
    requestCase('new incident, until four first pages are accepted', 26, committed, dispatched, paged),
    requestCase('acknowledgement, all that follows', 8, acknowledged),
  ]
}

function requestCase(name: string, most: number, ...parts: readonly Counts[]): RequestCase {
  const sum = (of: (counts: Counts) => number) => parts.reduce((total, counts) => total + of(counts), 0)
  const requests = sum(({ reads, writes }) => reads + writes)
  return { name, requests, indexWrites: sum(({ indexWrites }) => indexWrites), most }
}
