import type { Instant } from './instant.ts'
import { DAY_MS, HOUR_MS, instantOfWall, type WallMs, wallMsAt } from './wall-clock.ts'

/** A part of every day on the wall clock, `HH:MM`, half-open; `from` after `until` crosses midnight, the same is never. */
export interface DailySpan {
  readonly from: string
  readonly until: string
}

/**
 * When the part of the day that holds at `at` ends in `zone`; null when none holds. Both ends are instants found on the
 * wall clock, so that an hour shown twice is not quiet twice.
 */
export function dailySpanEnd(zone: string, span: DailySpan, at: Instant): Instant | null {
  const from = msOfDay(span.from)
  const length = (msOfDay(span.until) - from + DAY_MS) % DAY_MS
  const midnight = startOfDay(wallMsAt(zone, at))
  // The one that holds began yesterday or today; tomorrow's too where clocks go back over midnight.
  for (const day of [-1, 0, 1]) {
    const begins = midnight + day * DAY_MS + from
    const ends = instantOfWall(zone, begins + length)
    if (instantOfWall(zone, begins) <= at && at < ends) return ends
  }
  return null
}

function startOfDay(wall: WallMs): WallMs {
  return Math.floor(wall / DAY_MS) * DAY_MS
}

function msOfDay(time: string): number {
  return Number(time.slice(0, 2)) * HOUR_MS + Number(time.slice(3, 5)) * 60_000
}
