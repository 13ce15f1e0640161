import { Temporal } from 'temporal-polyfill'

/**
 * A moment, always UTC with exactly three decimals (`2026-03-28T02:12:07.000Z`), so that comparing two as text compares
 * them in time.
 */
export type Instant = string

// Instants are read and written many times for each finding of a storm, and Temporal takes microseconds for each. So the
// common form is reckoned in whole numbers here. Temporal does the rest, and judges what may be no instant at all.

/** Every day but the 29th of February, which only some years have. */
const DAY = String.raw`(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31`
const TIME = String.raw`(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d`
const COMMON = new RegExp(String.raw`^\d{4}-(?:${DAY})T${TIME}(?:\.\d{1,9})?Z$`)
const WRITTEN_CHARS = '2026-03-28T02:12:07.000Z'.length
/** Year 0. */
const COMMON_FROM = -62_167_219_200_000
/** Year 10000: from there on, as before year 0, a year is written with a sign and six digits. */
const COMMON_UNTIL = 253_402_300_800_000

/** @param ms milliseconds since 1970-01-01T00:00Z. */
export function instantOf(ms: number): Instant {
  if (Number.isInteger(ms) && ms >= COMMON_FROM && ms < COMMON_UNTIL) return commonInstant(ms)
  return Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 })
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function epochMs(at: Instant): number {
  if (COMMON.test(at)) return commonEpochMs(at)
  return Temporal.Instant.from(at).epochMilliseconds
}

/**
 * Reads any ISO 8601 instant with an offset or `Z`; finer than milliseconds is cut off.
 * @throws RangeError when the text names no instant.
 */
export function parseInstant(text: string): Instant {
  const isWritten = text.length === WRITTEN_CHARS && COMMON.test(text)
  return isWritten ? text : instantOf(epochMs(text))
}

export function plusMs(at: Instant, ms: number): Instant {
  return instantOf(epochMs(at) + ms)
}

export function plusSeconds(at: Instant, seconds: number): Instant {
  return plusMs(at, seconds * 1000)
}

export function secondsBetween(from: Instant, until: Instant): number {
  return (epochMs(until) - epochMs(from)) / 1000
}

/** The earliest of those that are set; null when none is. */
export function earliest(...instants: (Instant | null | undefined)[]): Instant | null {
  let first: Instant | null = null
  for (const at of instants) if (at && (first === null || at < first)) first = at
  return first
}

/** The latest of those that are set; null when none is. */
export function latest(...instants: (Instant | null | undefined)[]): Instant | null {
  let last: Instant | null = null
  for (const at of instants) if (at && (last === null || at > last)) last = at
  return last
}

// Days are counted in years that begin in March, so that a leap day is the last of its year, and in eras of 400 years,
// after which the calendar repeats. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".

const DAY_MS = 86_400_000
const ERA_DAYS = 146_097
/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468

function commonEpochMs(at: Instant): number {
  const month = digits(at, 5, 2)
  const year = digits(at, 0, 4) - (month < 3 ? 1 : 0)
  const yearDay = daysBefore((month + 9) % 12) + digits(at, 8, 2) - 1
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)
  const seconds = digits(at, 11, 2) * 3600 + digits(at, 14, 2) * 60 + digits(at, 17, 2)
  return (365 * year + leapDays + yearDay - DAYS_TO_EPOCH) * DAY_MS + seconds * 1000 + digits(at, 20, 3)
}

function commonInstant(ms: number): Instant {
  const epochDay = Math.floor(ms / DAY_MS)
  return `${dateOf(epochDay + DAYS_TO_EPOCH)}T${timeOf(ms - epochDay * DAY_MS)}Z`
}

/** @param days since 0000-03-01. */
function dateOf(days: number): string {
  const era = Math.floor(days / ERA_DAYS)
  const day = days - era * ERA_DAYS
  const leapDays = Math.floor(day / 1460) - Math.floor(day / 36_524) + Math.floor(day / 146_096)
  const year = Math.floor((day - leapDays) / 365)
  const yearDay = day - 365 * year - Math.floor(year / 4) + Math.floor(year / 100)
  const month = Math.floor((5 * yearDay + 2) / 153)
  const written = era * 400 + year + (month < 10 ? 0 : 1)
  const [century, ofCentury] = [Math.floor(written / 100), written % 100]
  return `${two(century)}${two(ofCentury)}-${two(month < 10 ? month + 3 : month - 9)}-${two(yearDay - daysBefore(month) + 1)}`
}

function timeOf(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  const rest = ms % 1000
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}.${rest < 100 ? '0' : ''}${two(rest)}`
}

/** @param month of a year that begins in March, from 0. */
function daysBefore(month: number): number {
  return Math.floor((153 * month + 2) / 5)
}

/** The number that stands there; what is no digit counts as zero, as in a fraction that is shorter. */
function digits(text: string, from: number, count: number): number {
  let number = 0
  for (let index = from; index < from + count; index += 1) {
    const digit = text.charCodeAt(index) - 48
    number = number * 10 + (digit >= 0 && digit <= 9 ? digit : 0)
  }
  return number
}

function two(number: number): string {
  return number < 10 ? `0${number}` : String(number)
}
