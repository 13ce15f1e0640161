import * as z from 'zod'
import { type Instant, parseInstant } from '../core/time/instant.ts'
import { shiftMs } from '../core/time/shift.ts'
import { isKnownZone, wallMsOf } from '../core/time/wall-clock.ts'

/** The fields of the directory file. The message of every issue is what was expected, worded to follow "expected". */

/** Text of a given form. */
export function matching(form: RegExp, expected: string) {
  return z.string({ error: expected }).regex(form, { error: expected })
}

/** Text that shows something, on one line: no control characters, which could forge lines or headers. */
export function text(longest: number) {
  const error = `text of 1 to ${longest} characters on one line`
  return z
    .string({ error })
    .max(longest, { error })
    .refine((written) => written.trim() !== '' && !/[\p{Cc}\p{Cs}\u2028\u2029]/u.test(written), { error })
}

export const id = matching(
  /^[a-z0-9][a-z0-9-]{0,47}$/,
  'an id of at most 48 small letters, digits and hyphens, such as ana',
)

export const flag = z.boolean({ error: 'true or false' })

export function oneOf<const T extends readonly string[]>(values: T) {
  return z.enum(values, { error: `one of ${values.join(', ')}` })
}

/** A whole number from `least` to `most`. */
export function count(least: number, most: number) {
  const error = `a whole number from ${least} to ${most}`
  return z.number({ error }).int({ error }).min(least, { error }).max(most, { error })
}

export function list<T extends z.ZodType>(of: T, most: number, least = 0) {
  const error = `a list of ${least === 0 ? 'at most' : `${least} to`} ${most} entries`
  return z.array(of, { error }).min(least, { error }).max(most, { error })
}

/** One text or a list of 1 to `most`; always given on as a list. */
export function oneOrMore(of: z.ZodType<string, string>, most: number) {
  const error = `text, or a list of 1 to ${most} texts`
  const alone = of.transform((written) => [written])
  const many = z.array(of, { error }).min(1, { error }).max(most, { error })
  return z.unknown().transform((given, context): string[] => {
    const read = (typeof given === 'string' ? alone : many).safeParse(given)
    if (read.success) return read.data
    for (const { path, message } of read.error.issues) context.addIssue({ code: 'custom', path, message, input: given })
    return z.NEVER
  })
}

/** Absent and null are the same: the default. */
export function optional<T extends z.ZodType, const D>(of: T, otherwise: D) {
  return of.nullish().transform((value) => value ?? otherwise)
}

/**
 * A mapping with these keys and no others. For unknown keys the message is the list of known ones, from which
 * `schemaErrors` takes the nearest.
 */
export function map<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape).join(', ')
  return z.strictObject(shape, {
    error: (issue) => (issue.code === 'unrecognized_keys' ? known : `a mapping with the keys ${known}`),
  })
}

/** An instant with its offset, in a file with or without seconds; given on as UTC. */
export const instant = read(
  /^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/,
  'an instant with its offset, such as 2026-12-24T00:00+01:00',
  (written): Instant | null => {
    const at = parseInstant(written)
    // Only four-digit years compare as text.
    return at >= '1970' && at < '9999-12-31' ? at : null
  },
)

/** A time on the wall clock, kept as written. */
export const wallTime = read(
  /^(19[789]\d|[2-9]\d{3})-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/,
  "a wall-clock time without offset in the rotation's zone, such as 2027-03-01T09:00",
  (written) => (Number.isFinite(wallMsOf(written)) ? written : null),
)

export const shiftLength = read(
  /^[-+]?P/,
  'a duration of whole weeks, days or hours, from PT1H to P3660D, such as P1W',
  (written) => (shiftMs(written) === null ? null : written),
)

export const zone = read(/^.{1,64}$/, 'a time zone of the IANA list, such as Europe/Berlin', (written) =>
  isKnownZone(written) ? written : null,
)

/** Text that `make` reads; what it answers with null or a RangeError is not what was expected. */
function read(form: RegExp, expected: string, make: (written: string) => string | null) {
  return matching(form, expected).transform((written, context) => {
    const made = attempt(make, written)
    if (made !== null) return made
    context.addIssue({ code: 'custom', message: expected, input: written })
    return z.NEVER
  })
}

function attempt(make: (written: string) => string | null, written: string): string | null {
  try {
    return make(written)
  } catch (fault) {
    if (fault instanceof RangeError) return null
    throw fault
  }
}

const PHONE = {
  form: z.string().regex(/^\+[1-9]\d{6,14}$/),
  expected: 'a phone number of E.164, such as "+12025550101"',
}
const ADDRESSES: Record<string, { form: z.ZodType; expected: string }> = {
  email: { form: z.email().max(254), expected: 'an e-mail address, such as ana@example.com' },
  sms: PHONE,
  voice: PHONE,
  webhook: { form: z.url({ protocol: /^https?$/ }), expected: 'an address such as https://example.com/hook' },
}

function addressForm(channel: { kind: unknown }) {
  const kind = String(channel.kind)
  return Object.hasOwn(ADDRESSES, kind) ? ADDRESSES[kind] : undefined
}

/** The address of a channel by the channel's kind; kinds without a known form take any text. */
export function addressFits(channel: { kind: string; address: string }): boolean {
  return addressForm(channel)?.form.safeParse(channel.address).success ?? true
}

/** Asked of a mapping even when another of its fields is wrong, so that all errors show at once. */
export const ADDRESS_OF_ITS_KIND = {
  path: ['address'],
  when: ({ value }: { value: unknown }) => hasTexts(value, ['kind', 'address']),
  error: ({ input }: { input?: unknown }) =>
    (hasTexts(input, ['kind']) && addressForm(input as { kind: unknown })?.expected) || 'an address',
}

/** `[from, until)` must hold something. */
export function untilAfterFrom(span: { from: Instant; until: Instant }): boolean {
  return span.from < span.until
}

export const UNTIL_AFTER_FROM = {
  path: ['until'],
  when: ({ value }: { value: unknown }) => hasTexts(value, ['from', 'until'], /\.\d{3}Z$/),
  error: 'an instant after "from"',
}

function hasTexts(value: unknown, keys: readonly string[], form = /^/): boolean {
  if (typeof value !== 'object' || value === null) return false
  return keys.every((key) => {
    const field: unknown = Reflect.get(value, key)
    return typeof field === 'string' && form.test(field)
  })
}
