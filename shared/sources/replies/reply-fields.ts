import * as z from 'zod'
import { incidentOfEffect } from '../../core/incident/effect-id.ts'
import { instantOf } from '../../core/time/instant.ts'
import { readInstant } from '../read-instant.ts'

/** The parts that replies are read by. The message of an issue is what was expected. */

const ID = 'an id of at most 128 letters, digits, hyphens and underscores'
export const id = z.string(ID).regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/, ID)

const EFFECT = 'the id of a message of Muster’s'
export const effectId = z.string(EFFECT).refine((value) => incidentOfEffect(value) !== null, EFFECT)

const WORD = 'a word of at most 64 letters, digits, spaces, hyphens and underscores'
/** One of a provider's own words: kept, so never free text. */
export const word = z.string(WORD).regex(/^[A-Za-z0-9][A-Za-z0-9 _-]{0,63}$/, WORD)

const INSTANT = 'an instant such as 2027-03-28T02:12:07Z'
export const instant = z.unknown().transform((value, context) => {
  const at = readInstant(value)
  if (at !== undefined) return at
  context.addIssue({ code: 'custom', message: INSTANT })
  return z.NEVER
})

const MILLISECONDS = 'milliseconds since 1970'
/** Up to the end of 9999, where instants still compare as text. */
export const milliseconds = z
  .number(MILLISECONDS)
  .int(MILLISECONDS)
  .min(0, MILLISECONDS)
  .max(253_402_300_799_999, MILLISECONDS)
  .transform(instantOf)
