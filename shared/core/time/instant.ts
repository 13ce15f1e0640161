import { Temporal } from 'temporal-polyfill'

/**
 * A moment, always UTC with exactly three decimals (`2026-03-28T02:12:07.000Z`), so that comparing two as text compares
 * them in time.
 */
export type Instant = string

/** @param ms milliseconds since 1970-01-01T00:00Z. */
export function instantOf(ms: number): Instant {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString({ fractionalSecondDigits: 3 })
}

/** Milliseconds since 1970-01-01T00:00Z. */
export function epochMs(at: Instant): number {
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
