import * as z from 'zod/mini'
import { cutToChars } from '../core/findings/text.ts'
import { readInstant } from './read-instant.ts'

// A finding must be named and graded; everything else is an ornament whose fault must not lose the page. So these
// schemas bound what they read and take anything unreadable as absent.

const MAX_ID_CHARS = 2048
const ID = `a non-empty text of at most ${MAX_ID_CHARS} characters`

/** A provider's id: opaque, kept as it is. Messages say what was expected. */
export const providerId = z.pipe(
  z.string(ID).check(z.minLength(1, ID), z.maxLength(MAX_ID_CHARS, ID)),
  z.transform((id: string) => id.toWellFormed()),
)

/** Undefined where it is missing or not as the schema says. */
export const tolerated = <Schema extends z.ZodMiniType>(schema: Schema) => z.catch(z.optional(schema), undefined)

/** Text cut to `maxChars`; undefined where it is empty or no text. */
export const optionalText = (maxChars: number) =>
  optionally((value) => (typeof value === 'string' && value !== '' ? cutToChars(value, maxChars) : undefined))

/** Text that must be there, cut to `maxChars`. */
export const requiredText = (maxChars: number, expected: string) =>
  cutText(z.string(expected).check(z.minLength(1, expected)), maxChars)

const cutText = (text: z.ZodMiniString, maxChars: number) =>
  z.pipe(
    text,
    z.transform((whole: string) => cutToChars(whole, maxChars)),
  )

// In a storm thousands of findings are read, of up to a hundred parts each: every part is one schema, not one of several.
const optionally = <Value>(read: (value: unknown) => Value | undefined) => z.optional(z.transform(read))

export const optionalInstant = optionally(readInstant)

export const optionalFlag = optionally((value) => (typeof value === 'boolean' ? value : undefined))

export const optionalCount = optionally((value) => (isCount(value) ? value : undefined))

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** An object whose parts are all tolerant; an empty one (frozen) where there is none. */
export const part = <Shape extends z.core.$ZodShape>(shape: Shape) => partOf(shape, camelKeys)

/** As `part`, with keys as they stand (ASFF writes PascalCase only). */
export const exactPart = <Shape extends z.core.$ZodShape>(shape: Shape) => partOf(shape, (value) => value)

type Keyed = Record<string, unknown>

// Most parts of a finding are absent: an empty one is read only once, and not before it is needed. All share it, so it
// is frozen.
function partOf<Shape extends z.core.$ZodShape>(shape: Shape, keyed: (value: Keyed) => Keyed) {
  const object = z.object(shape)
  type Whole = z.output<typeof object>
  const members = new Map(Object.entries(shape))
  let empty: Whole | undefined
  return z.transform((value): Whole => {
    empty ??= frozen(object.parse({}))
    if (!isRecord(value)) return empty
    const whole: Keyed = { ...empty }
    for (const [key, member] of Object.entries(keyed(value))) {
      const schema = members.get(key)
      if (schema !== undefined) whole[key] = z.parse(schema, member)
    }
    return whole as Whole
  })
}

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(frozen)
  return value
}

/** The first `max` members of a list of tolerant items; an empty one where there is none. */
export const list = <Item extends z.ZodMiniType>(item: Item, max: number) =>
  z.transform((value): z.output<Item>[] =>
    Array.isArray(value) ? value.slice(0, max).map((member) => item.parse(member)) : [],
  )

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `Id` becomes `id`, as GuardDuty's API writes PascalCase where its events write camelCase; a key that is so already wins. */
export function camelKeys(value: Record<string, unknown>): Record<string, unknown> {
  // Events come in storms, and their keys are so already: nothing to build anew.
  if (Object.keys(value).every(isLowered)) return value
  const entries = Object.entries(value)
  const lowered = entries.map(([key, member]) => [lowerFirst(key), member] as const)
  return Object.fromEntries([...lowered, ...entries.filter(([key]) => isLowered(key))])
}

function isLowered(key: string): boolean {
  return (key >= 'a' && key < '{') || key === lowerFirst(key)
}

export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
