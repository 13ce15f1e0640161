import { isHourly } from '../incident/warning-times.ts'
import type { Instant } from '../time/instant.ts'
import { nextWarningAt, type RunningStage } from './clock-wake.ts'

/** As many as a person takes in at once. */
const MOST_STAGES = 3

/**
 * The stages that one message names, nearest deadline first. Those whose warning is due come before others, first ones
 * before hourly ones, and hourly ones by how long they have waited: so however many there are, each has its turn.
 */
export function stagesToName(running: readonly RunningStage[], now: Instant): readonly RunningStage[] {
  const chosen = running.toSorted((a, b) => compare(rank(a, now), rank(b, now))).slice(0, MOST_STAGES)
  return chosen.toSorted((a, b) => compare(nearness(a), nearness(b)))
}

function rank(one: RunningStage, now: Instant): readonly string[] {
  const at = nextWarningAt(one.stage)
  if (at === null || at > now) return ['3', ...nearness(one)]
  return isHourly(one.stage.warned) ? ['2', at, ...nearness(one)] : ['1', ...nearness(one)]
}

function nearness({ clock, stage }: RunningStage): readonly string[] {
  return [stage.safeDueAt ?? '', clock.id, stage.id]
}

function compare(a: readonly string[], b: readonly string[]): number {
  const [left, right] = [a.join(' '), b.join(' ')]
  return left < right ? -1 : Number(left > right)
}
