import { Temporal } from 'temporal-polyfill'

/**
 * A moment, always UTC with exactly three decimals (`2026-03-28T02:12:07.000Z`), so that comparing two as text compares
 * them in time.
 */
export type Instant = string

// Instants are read and written many times for each finding of a storm, and Temporal takes microseconds for each. So the
// common form is reckoned with whole numbers here; Temporal does the rest, and judges what may be no instant at all.

const COMMON = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/
const DAY_MS = 86_400_000
/** 0000-01-01 and 10000-01-01; years outside are written with a sign and six digits. */
const [FIRST_MS, END_MS] = [-62_167_219_200_000, 253_402_300_800_000]

/** @param ms milliseconds since 1970-01-01T00:00Z. */
export function instantOf(ms: number): Instant {
  if (Number.isInteger(ms) && ms >= FIRST_MS && ms < END_MS) return commonInstant(ms)
  return Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 })
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function epochMs(at: Instant): number {
  if (COMMON.test(at) && isDayOfMonth(at)) return commonEpochMs(at)
  return Temporal.Instant.from(at).epochMilliseconds
}

/**
 * Reads any ISO 8601 instant with an offset or `Z`; finer than milliseconds is cut off.
 * @throws RangeError when the text names no instant.
 */
export function parseInstant(text: string): Instant {
  return instantOf(epochMs(text))
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

// Days are counted in years that begin in March, so that a leap day is the last of its year, and in eras of 400 years
// (146,097 days), after which the calendar repeats. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".

/** From 0000-03-01 to 1970-01-01. */
const DAYS_TO_EPOCH = 719_468
const ERA_DAYS = 146_097

function commonEpochMs(at: Instant): number {
  const month = digits(at, 5, 2)
  const year = digits(at, 0, 4) - (month < 3 ? 1 : 0)
  const days =
    365 * year +
    (Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400)) +
    daysBeforeMonth((month + 9) % 12) +
    (digits(at, 8, 2) - 1 - DAYS_TO_EPOCH)
  const seconds = digits(at, 11, 2) * 3600 + digits(at, 14, 2) * 60 + digits(at, 17, 2)
  return days * DAY_MS + seconds * 1000 + digits(at, 20, 3)
}

function commonInstant(ms: number): Instant {
  const days = Math.floor(ms / DAY_MS) + DAYS_TO_EPOCH
  const era = Math.floor(days / ERA_DAYS)
  const eraDay = days - era * ERA_DAYS
  const yearOfEra = Math.floor(
    (eraDay - Math.floor(eraDay / 1460) + Math.floor(eraDay / 36_524) - Math.floor(eraDay / 146_096)) / 365,
  )
  const yearDay = eraDay - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * yearDay + 2) / 153)
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
  const year = era * 400 + yearOfEra + (month < 3 ? 1 : 0)
  const day = `${padded(year, 4)}-${padded(month)}-${padded(yearDay - daysBeforeMonth(fromMarch) + 1)}`
  return `${day}T${timeOfDay(ms - Math.floor(ms / DAY_MS) * DAY_MS)}Z`
}

function timeOfDay(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const minutes = Math.floor(seconds / 60)
  return `${padded(Math.floor(minutes / 60))}:${padded(minutes % 60)}:${padded(seconds % 60)}.${padded(ms % 1000, 3)}`
}

/** Of a year that begins in March; `month` 0 is March. */
function daysBeforeMonth(month: number): number {
  return Math.floor((153 * month + 2) / 5)
}

/** The 29th to the 31st are only so in some months: left to Temporal. */
function isDayOfMonth(at: Instant): boolean {
  return digits(at, 8, 2) <= 28
}

/** What stands there as a number; digits that are not there are zeros. */
function digits(text: string, from: number, count: number): number {
  let number = 0
  for (let index = from; index < from + count; index += 1) {
    const digit = text.charCodeAt(index) - 48
    number = number * 10 + (digit >= 0 && digit <= 9 ? digit : 0)
  }
  return number
}

function padded(number: number, length = 2): string {
  return String(number).padStart(length, '0')
}
