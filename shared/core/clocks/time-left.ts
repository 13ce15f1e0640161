import { type Instant, secondsBetween } from '../time/instant.ts'

/**
 * How long until `until`, for people: `in 71 h 12 min`, `in 4 min`, `now`, `2 h 5 min ago`. Parts of a minute are left
 * out, so that it never promises more time than there is.
 */
export function timeLeft(now: Instant, until: Instant): string {
  const seconds = secondsBetween(now, until)
  const span = inWords(Math.floor(Math.abs(seconds) / 60))
  if (span === '') return 'now'
  return seconds > 0 ? `in ${span}` : `${span} ago`
}

function inWords(minutes: number): string {
  const parts = [
    { amount: Math.floor(minutes / 60), unit: 'h' },
    { amount: minutes % 60, unit: 'min' },
  ]
  return parts
    .filter(({ amount }) => amount > 0)
    .map(({ amount, unit }) => `${amount} ${unit}`)
    .join(' ')
}
