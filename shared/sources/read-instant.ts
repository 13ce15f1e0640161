import { type Instant, parseInstant } from '../core/time/instant.ts'
import { isoOfJavaDate } from './java-date.ts'

const WRITTEN = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d)(:\d\d)?([.,]\d+)?\s*(Z|z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/
/** What most products write. In a storm the rest of the reading would be most of the work, and would change nothing. */
const COMMON = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

/**
 * The instant that a provider wrote: ISO 8601 with `T` or a space, any fraction, any offset; without an offset it is UTC
 * (products write `2024-05-24 00:26:57.000000000`). Also dates as Java prints them. Undefined for anything else.
 */
export function readInstant(value: unknown): Instant | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined
  if (COMMON.test(value)) return instantOrNothing(value)
  const text = value.trim()
  const [, day, minutes, seconds, fraction, offset] = WRITTEN.exec(isoOfJavaDate(text) ?? text) ?? []
  if (day === undefined || minutes === undefined) return undefined
  const zone = offset === undefined || /^[a-z]/i.test(offset) ? 'Z' : offset
  return instantOrNothing(`${day}T${minutes}${seconds ?? ':00'}${cutFraction(fraction)}${zone}`)
}

/** Nine digits are all that an instant can carry; some products write more. */
function cutFraction(fraction: string | undefined): string {
  return fraction === undefined ? '' : `.${fraction.slice(1, 10)}`
}

function instantOrNothing(text: string): Instant | undefined {
  try {
    const at = parseInstant(text)
    // An offset at the end of 9999 would give a year of six digits, which no longer compares as text.
    return /^\d{4}-/.test(at) ? at : undefined
  } catch {
    return undefined
  }
}
