import { Temporal } from 'temporal-polyfill'
import type { Instant } from './instant.ts'

/** An instant as somebody reads it off the wall in `zone`: `03:12, Sat 28 Mar 2026 (Europe/Berlin)`. */
export function wallText(at: Instant, zone: string): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  const day = DAYS[local.dayOfWeek - 1]
  const month = MONTHS[local.month - 1]
  return `${clockText(at, zone)}, ${day} ${local.day} ${month} ${local.year} (${zone})`
}

/** `03:12` in `zone`. */
export function clockText(at: Instant, zone: string): string {
  const { hour, minute } = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
