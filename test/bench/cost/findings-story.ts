import { type Instant, plusSeconds } from '../../../shared/core/time/instant.ts'
import type { DeployedStack } from './deployed-stack.ts'
import { MeteredMuster } from './metered-muster.ts'
import { sampleEvent } from './sample-events.ts'
import { meteredDirectory } from './sample-organisation.ts'
import { sumOf, times, type Usage } from './usage.ts'

const OPENED: Instant = '2027-03-10T09:00:00.000Z'
/** As many as one invocation takes in a storm. */
const BATCH = 100

/** A way in which findings come in, with what one of them uses. */
export interface FindingsCase {
  readonly name: string
  /** Of a month's million. */
  readonly findings: number
  readonly usageOfOne: Usage
}

/**
 * What findings use beside the pages of the incidents that they open: repeats that change nothing, newer versions, and
 * new ones that join an open incident; alone and in batches.
 */
export async function findingsStory(stack: DeployedStack): Promise<readonly FindingsCase[]> {
  const muster = await MeteredMuster.start({ now: OPENED, directory: meteredDirectory(), stack, cold: 'steady' })
  let at = OPENED
  const batch = (prefix: string, size = BATCH) =>
    Array.from({ length: size }, (_, index) => sampleEvent(`${prefix}${String(index).padStart(4, '0')}`, at))
  /** One of a batch, with the commits that follow from it; what is sent belongs to the incident. */
  const each = async (events: readonly object[]): Promise<Usage> => {
    await muster.settle()
    const before = await muster.storedGb()
    muster.taken()
    await muster.ingest(events)
    await muster.dispatch()
    const storedGb = (await muster.storedGb()) - before
    return times(1 / events.length, sumOf(muster.taken(), { storedGb, restorableGb: storedGb }))
  }
  const later = (): void => {
    at = plusSeconds(at, 60)
    muster.now = at
  }
  await each(batch('a', 1))
  const joined = await each(batch('b'))
  const unchangedMany = await each(batch('b'))
  const unchangedOne = await each(batch('b', 1))
  later()
  const newerMany = await each(batch('b'))
  later()
  const newerOne = await each(batch('b', 1))
  return [
    { name: 'unchanged repeats, each alone', findings: 470_000, usageOfOne: unchangedOne },
    { name: 'unchanged repeats, in batches of 100', findings: 470_000, usageOfOne: unchangedMany },
    { name: 'newer versions, each alone', findings: 25_000, usageOfOne: newerOne },
    { name: 'newer versions, in batches of 100', findings: 25_000, usageOfOne: newerMany },
    { name: 'new findings of a storm, in batches of 100', findings: 10_000, usageOfOne: joined },
  ]
}
