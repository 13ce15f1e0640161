import { setImmediate as othersTurn } from 'node:timers/promises'
import { instantOf } from '../../core/time/instant.ts'
import type { RealTime, TimeSource } from '../../ports/time.ts'

let latestMs = 0

/**
 * The machine's own time, in milliseconds since 1970, never going back while the process lives. The wall clock, since a
 * steady one stands still while the machine sleeps.
 */
export const machineTime: RealTime = {
  nowMs: () => {
    latestMs = Math.max(latestMs, Date.now())
    return latestMs
  },
  sleep: (ms) => (ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : othersTurn()),
}

/** Muster's time where nobody moves it: the machine's. */
export const ownTime: TimeSource = { now: () => instantOf(machineTime.nowMs()) }
