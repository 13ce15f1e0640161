import * as z from 'zod'
import { DATA_CATEGORIES } from '../../shared/core/directory/directory.ts'
import { ANCHORS } from '../../shared/core/incident/event-parts.ts'
import { INCIDENT_SEVERITIES } from '../../shared/core/severity/severity.ts'
import { type Instant, parseInstant } from '../../shared/core/time/instant.ts'

/** The fields of requests, each with its bounds. The message of an issue is what was expected, worded to follow that. */

/** Text that shows something, at most `longest` characters; halves of characters are replaced. */
export function text(longest: number) {
  const error = `text of 1 to ${longest} characters`
  return z
    .string({ error })
    .max(longest, { error })
    .refine((written) => written.trim() !== '', { error })
    .transform((written) => written.trim().toWellFormed())
}

/** Text that may be left out: absent, null and blank are the same. */
export function optionalText(longest: number) {
  const error = `text of at most ${longest} characters, or null`
  return z
    .string({ error })
    .max(longest, { error })
    .nullish()
    .transform((written) => (written?.trim() ? written.trim().toWellFormed() : null))
}

/** An id in a body: opaque and bounded. One that nobody has is not found, which is not for a schema to say. */
export const id = text(128)
/** An id in a path. */
export const pathId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/)

export const REASON_LENGTH = 4_000
export const reason = optionalText(REASON_LENGTH)

export const severity = z.enum(INCIDENT_SEVERITIES, { error: `one of ${INCIDENT_SEVERITIES.join(', ')}` })
export const dataCategory = z.enum(DATA_CATEGORIES, { error: `one of ${DATA_CATEGORIES.join(', ')}` })
export const anchorName = z.enum(ANCHORS, { error: `one of ${ANCHORS.join(', ')}` })

const RESIDENTS = 'EU or an ISO 3166 code such as DE or US-CA'
export const resident = z.string({ error: RESIDENTS }).regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, { error: RESIDENTS })

const ACCOUNT = 'an account number of twelve digits'
export const accountId = z.string({ error: ACCOUNT }).regex(/^\d{12}$/, { error: ACCOUNT })

const INSTANT = 'an ISO 8601 instant with an offset, such as 2027-03-28T02:12:07Z'

/** An instant with its offset, as UTC. */
export const instant = z
  .string({ error: INSTANT })
  .max(64, { error: INSTANT })
  .transform((written, context): Instant => {
    const at = readOrNull(written)
    if (at !== null) return at
    context.addIssue({ code: 'custom', message: INSTANT })
    return z.NEVER
  })

function readOrNull(written: string): Instant | null {
  try {
    const at = parseInstant(written)
    // Years beyond 9999 have another form, which no longer compares as text.
    return /^\d{4}-/.test(at) ? at : null
  } catch {
    return null
  }
}

/** A whole number in a query. */
export function wholeNumber(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,9}$/, { error })
    .transform(Number)
    .refine((value) => value >= least && value <= most, { error })
}
