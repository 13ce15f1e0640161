import { Temporal } from 'temporal-polyfill'
import { epochMs, type Instant } from './instant.ts'
import { DAY_MS, HOUR_MS, instantOfWall, offsetMs, type WallMs, wallMsAt, wallMsOf } from './wall-clock.ts'

/** Shifts of equal length on the wall clock of `zone`, one after the other from `startsAt` on. */
export interface ShiftPlan {
  readonly zone: string
  readonly startsAt: string
  readonly every: string
}

/** The shift that holds: counted from 0, null before the first; `until` is the next hand-over. */
export interface Shift {
  readonly index: number | null
  readonly until: Instant
}

interface WallPlan {
  readonly zone: string
  readonly start: WallMs
  readonly step: number
}

/**
 * The length of a shift in milliseconds of wall clock; null unless it is an ISO 8601 duration of weeks, days, hours and
 * minutes, at least an hour and at most 3,660 days long. Hours are hours of the wall clock: `PT12H` from 08:00 hands
 * over at 08:00 and 20:00 all year, and `PT24H` is `P1D`; the shift over a clock change is an hour longer or shorter.
 */
export function shiftMs(every: string): number | null {
  // Weeks, days, hours and minutes always have the same length on the wall clock; months, years and seconds have none here.
  if (!/^P(?:\d{1,4}W)?(?:\d{1,4}D)?(?:T(?:\d{1,5}H)?(?:\d{1,7}M)?)?$/.test(every) || /[PT]$/.test(every)) return null
  const { weeks, days, hours, minutes } = Temporal.Duration.from(every)
  const ms = (weeks * 7 + days) * DAY_MS + hours * HOUR_MS + minutes * 60_000
  return ms >= HOUR_MS && ms <= 3_660 * DAY_MS ? ms : null
}

/**
 * The shift at `at`: the last one whose hand-over has come. Where clocks change, a shift begins at the instant that
 * `instantOfWall` gives for its wall time; one whose whole wall time is skipped is skipped with it.
 * @throws RangeError when the plan's start or length can't be read; a directory that was read has none such.
 */
export function shiftAt(plan: ShiftPlan, at: Instant): Shift {
  const wall = wallPlan(plan)
  const number = lastBegun(wall, at)
  if (number < 0) return { index: null, until: handOver(wall, 0) }
  return { index: number, until: nextHandOver(wall, number) }
}

/** Arithmetic gives the number, exactly but for the offsets in force around `at`; of those few the latest begun counts. */
function lastBegun(plan: WallPlan, at: Instant): number {
  const ms = epochMs(at)
  const offsets = [-25, 0, 25].map((hours) => offsetMs(plan.zone, ms + hours * HOUR_MS))
  const numberAt = (offset: number) => Math.floor((ms + offset - plan.start) / plan.step)
  const lowest = numberAt(Math.min(...offsets))
  let number = numberAt(Math.max(...offsets))
  while (number > lowest && handOver(plan, number) > at) number -= 1
  return number
}

/** Of the shifts that begin within a skipped stretch of the wall clock a later one may be handed over first. */
function nextHandOver(plan: WallPlan, number: number): Instant {
  let first = handOver(plan, number + 1)
  const shown = wallMsAt(plan.zone, first)
  for (let later = number + 2; plan.start + later * plan.step < shown; later += 1) {
    const other = handOver(plan, later)
    if (other < first) first = other
  }
  return first
}

function handOver(plan: WallPlan, number: number): Instant {
  return instantOfWall(plan.zone, plan.start + number * plan.step)
}

function wallPlan(plan: ShiftPlan): WallPlan {
  const step = shiftMs(plan.every)
  if (step === null) throw new RangeError(`no length of a shift: ${plan.every}`)
  return { zone: plan.zone, start: wallMsOf(plan.startsAt), step }
}
