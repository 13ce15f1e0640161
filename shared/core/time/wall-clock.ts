import { Temporal } from 'temporal-polyfill'
import { epochMs, type Instant, instantOf } from './instant.ts'

/**
 * What a wall clock shows, as milliseconds since 1970-01-01T00:00 on that same wall. Steps on the wall clock are plain
 * sums of these, whatever daylight saving does in between.
 */
export type WallMs = number

export const HOUR_MS = 3_600_000
export const DAY_MS = 86_400_000

/** True for a zone name of the IANA data, e.g. `Europe/Berlin`; fixed offsets such as `+01:00` know no daylight saving. */
export function isKnownZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone).epochMilliseconds === 0
  } catch {
    return false
  }
}

/**
 * Reads a wall-clock time without offset, e.g. `2027-03-01T09:00`.
 * @throws RangeError when there is no such day or time.
 */
export function wallMsOf(text: string): WallMs {
  return Temporal.PlainDateTime.from(text).toZonedDateTime('UTC').epochMilliseconds
}

/** What the wall clock of `zone` shows at `at`. */
export function wallMsAt(zone: string, at: Instant): WallMs {
  const ms = epochMs(at)
  return ms + offsetMs(zone, ms)
}

/** The offset of `zone` from UTC in force at `ms` since 1970-01-01T00:00Z, in milliseconds. */
export function offsetMs(zone: string, ms: number): number {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone).offsetNanoseconds / 1_000_000
}

/**
 * The instant at which the wall clock of `zone` shows `wall`. A time that the clock shows twice (autumn) means the first;
 * one that it skips (spring) is moved on by what was skipped: Temporal's `compatible`, as calendars do it (RFC 5545).
 */
export function instantOfWall(zone: string, wall: WallMs): Instant {
  const plain = Temporal.Instant.fromEpochMilliseconds(wall).toZonedDateTimeISO('UTC').toPlainDateTime()
  return instantOf(plain.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds)
}
