import type { Instant } from '../core/time/instant.ts'
import { readInstant } from './read-instant.ts'

const WRITTEN =
  /^(?:[a-z]{3,9},? +)?(\d{1,2}) +([a-z]{3})[a-z]* +(\d{4}) +(\d{1,2}): ?(\d\d)(?:: ?(\d\d))? *(gmt|utc|z|[+-]\d{4})?$/i
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * The instant in a date as mail and HTTP write it, `Sat, 06 Mar 2027 02:13:30 GMT`, or as `readInstant` reads it. AWS Health
 * writes such dates. The name of the day is passed over (some events in the field have a wrong one), as are blanks after
 * colons. Undefined for anything else.
 */
export function readMailDate(value: unknown): Instant | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined
  const [, day, month, year, hours, minutes, seconds = '00', zone = 'Z'] = WRITTEN.exec(value.trim()) ?? []
  if (day === undefined || hours === undefined) return readInstant(value)
  const number = MONTHS.indexOf(month?.toLowerCase() ?? '') + 1
  const date = `${year}-${twoDigits(String(number))}-${twoDigits(day)}`
  const offset = /^[a-z]/i.test(zone) ? 'Z' : zone
  return readInstant(`${date}T${twoDigits(hours)}:${minutes}:${seconds}${offset}`)
}

function twoDigits(digits: string): string {
  return digits.padStart(2, '0')
}
