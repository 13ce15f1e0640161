import * as z from 'zod/mini'
import { type Instant, parseInstant } from '../core/time/instant.ts'
import { PermanentFault } from '../ports/faults.ts'
import type { QueuedEffect, QueuedWake } from '../ports/queues.ts'

/** What the queues carry, as the doors read it back. The message of an issue is what was expected. */

/** Far above what any message of Muster's has. */
const MOST_CHARACTERS = 16 * 1024

const ID = 'an id of at most 128 letters, digits, dots, hyphens and underscores'
const id = z.string({ error: ID }).check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, { error: ID }))

const KINDS = { page: 'page', 'check-in': 'check-in', clock: 'clock', notice: 'notice' } as const satisfies {
  [Kind in QueuedEffect['kind']]: Kind
}
const kind = z.enum(KINDS, { error: `one of ${Object.keys(KINDS).join(', ')}` })

const INSTANT = 'an instant in UTC with three decimals, such as 2027-03-28T02:12:07.000Z'
const instant = z
  .string({ error: INSTANT })
  .check(
    z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/, { error: INSTANT, abort: true }),
    z.refine(isInstant, { error: INSTANT }),
  )

const AN_OBJECT = { error: 'an object' }

/** Keys that are not known are passed over: a newer sender may be at work already. */
const queuedEffect: z.ZodMiniType<QueuedEffect> = z.object(
  { incidentId: id, effectId: id, kind, responderId: id, channelId: id, channel: id },
  AN_OBJECT,
)
const queuedWake: z.ZodMiniType<QueuedWake> = z.object({ incidentId: id, wakeAt: instant }, AN_OBJECT)

/** @throws PermanentFault naming each path that is wrong and what was expected there, but not what was found. */
export function parseQueuedEffect(body: string): QueuedEffect {
  return parse('queued effect', queuedEffect, body)
}

/** @throws PermanentFault naming each path that is wrong and what was expected there, but not what was found. */
export function parseQueuedWake(body: string): QueuedWake {
  return parse('queued wake', queuedWake, body)
}

function parse<T>(what: string, schema: z.ZodMiniType<T>, body: string): T {
  const parsed = schema.safeParse(readJson(what, body))
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(({ path, message }) => `${path.join('.') || '(body)'}: expected ${message}`)
  throw new PermanentFault(`${what}: ${issues.join('; ')}`)
}

function readJson(what: string, body: string): unknown {
  if (body.length > MOST_CHARACTERS) {
    throw new PermanentFault(`${what}: (body): expected at most ${MOST_CHARACTERS} characters`)
  }
  try {
    return JSON.parse(body)
  } catch {
    // The parser's own words quote the text.
    throw new PermanentFault(`${what}: (body): expected JSON`)
  }
}

/** Of all spellings only the one in which instants compare as text. */
function isInstant(written: Instant): boolean {
  try {
    return parseInstant(written) === written
  } catch (fault) {
    if (fault instanceof RangeError) return false
    throw fault
  }
}
