import * as z from 'zod'
import { cutToChars } from '../core/findings/text.ts'
import { readInstant } from './read-instant.ts'

// A finding must be named and graded; everything else is an ornament whose fault must not lose the page. So these
// schemas bound what they read and take anything unreadable as absent.

const MAX_ID_CHARS = 2048
const ID = `a non-empty text of at most ${MAX_ID_CHARS} characters`

/** A provider's id: opaque, kept as it is. Messages say what was expected. */
export const providerId = z
  .string(ID)
  .min(1, ID)
  .max(MAX_ID_CHARS, ID)
  .transform((id) => id.toWellFormed())

/** Text cut to `maxChars`; undefined where it is empty or no text. */
export const optionalText = (maxChars: number) =>
  z
    .string()
    .min(1)
    .transform((text) => cutToChars(text, maxChars))
    .optional()
    .catch(undefined)

/** Text that must be there, cut to `maxChars`. */
export const requiredText = (maxChars: number, expected: string) =>
  z
    .string(expected)
    .min(1, expected)
    .transform((text) => cutToChars(text, maxChars))

export const optionalInstant = z.unknown().transform(readInstant).optional()

export const optionalFlag = z.boolean().optional().catch(undefined)

export const optionalCount = z.number().int().nonnegative().optional().catch(undefined)

/** An object whose parts are all tolerant; an empty one where there is none. */
export const part = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => (isRecord(value) ? camelKeys(value) : {}), z.object(shape))

/** As `part`, with keys as they stand (ASFF writes PascalCase only). */
export const exactPart = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.preprocess((value) => (isRecord(value) ? value : {}), z.object(shape))

/** The first `max` members of a list of tolerant items; an empty one where there is none. */
export const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z.preprocess((value) => (Array.isArray(value) ? value.slice(0, max) : []), z.array(item))

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Id` becomes `id`, as GuardDuty's API writes PascalCase where its events write camelCase; a key that is so already wins. */
export function camelKeys(value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value)
  const lowered = entries.map(([key, member]) => [lowerFirst(key), member] as const)
  return Object.fromEntries([...lowered, ...entries.filter(([key]) => key === lowerFirst(key))])
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
