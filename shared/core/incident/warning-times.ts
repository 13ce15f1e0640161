import { epochMs, type Instant, plusMs } from '../time/instant.ts'
import { HOUR_MS } from '../time/wall-clock.ts'
import type { Stage } from './state.ts'

/** Warnings come at these parts of the time from the anchor to `safeDueAt`, in percent; then every hour. */
const WARNING_PERCENTS = [0, 50, 75, 90, 100]
const LAST_PERCENT = WARNING_PERCENTS.length - 1

type Dated = Pick<Stage, 'anchor' | 'safeDueAt'>

/**
 * When warning number `index` of a stage is due, counted from 0 (the start); null while nothing is counted. Parts of a
 * millisecond are rounded up: no warning comes early.
 */
export function warningAt({ anchor, safeDueAt }: Dated, index: number): Instant | null {
  if (anchor.at === null || safeDueAt === null) return null
  const percent = WARNING_PERCENTS[index]
  if (percent === undefined) return plusMs(safeDueAt, (index - LAST_PERCENT) * HOUR_MS)
  const span = epochMs(safeDueAt) - epochMs(anchor.at)
  return plusMs(anchor.at, Math.ceil((span * percent) / 100))
}

/** How many warnings of a stage have come due by `now`. */
export function warningsPassed(stage: Dated, now: Instant): number {
  if (stage.safeDueAt !== null && stage.safeDueAt <= now) {
    const overdueMs = epochMs(now) - epochMs(stage.safeDueAt)
    return WARNING_PERCENTS.length + Math.floor(overdueMs / HOUR_MS)
  }
  return WARNING_PERCENTS.filter((_percent, index) => {
    const at = warningAt(stage, index)
    return at !== null && at <= now
  }).length
}

/** After the last percentage warnings repeat every hour. */
export function isHourly(index: number): boolean {
  return index > LAST_PERCENT
}
