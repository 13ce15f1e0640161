import { type Instant, secondsBetween } from '../time/instant.ts'
import type { Looked } from './looked.ts'
import { fail, judged, ok, type Verdict } from './verdict.ts'

/** It runs every minute: two may be missed. */
const FRESH_SECONDS = 180
const FIX = 'see rule TickRule above and the logs of the function tick'

/** Whether the tick runs. A heartbeat from the future is that of a machine whose clock is behind. */
export function judgeTick(heartbeatAt: Looked<Instant | null>, now: Instant): Verdict {
  return judged('tick', heartbeatAt, (at) => {
    if (at === null) return fail('tick: has never run', FIX)
    const seconds = Math.round(Math.max(secondsBetween(at, now), 0))
    const what = `tick: last ran ${seconds} s ago`
    return secondsBetween(at, now) <= FRESH_SECONDS ? ok(what) : fail(what, FIX)
  })
}
