import * as z from 'zod/mini'
import { cutToChars } from '../core/findings/text.ts'
import { isRecord, list, optionalText, part } from './tolerant-schema.ts'

const MOST = 50
const word = optionalText(256)

export interface Tag {
  readonly key: string | undefined
  readonly value: string | undefined
}

/** `[{key, value}]`, in either case, as GuardDuty and most services write tags; OCSF says `name` for the key. */
export const tagList = z.pipe(
  list(part({ key: word, name: word, value: word }), MOST),
  z.transform((tags): Tag[] => tags.map(({ key, name, value }) => ({ key: key ?? name, value }))),
)

/** `{key: value}`, as ASFF writes them. */
export const tagMap = z.transform((value): Tag[] =>
  isRecord(value) ? Object.entries(value).slice(0, MOST).flatMap(tagOf) : [],
)

function tagOf([key, value]: [string, unknown]): Tag[] {
  return typeof value === 'string' ? [{ key: cutToChars(key, 256), value: cutToChars(value, 256) }] : []
}

/** At most 50; where two resources have one key, the first one's. */
export function tidyTags(tags: readonly Tag[]): Record<string, string> {
  const byKey = new Map<string, string>()
  for (const { key, value } of tags) {
    if (key === undefined || key === '' || byKey.has(key)) continue
    byKey.set(key, value ?? '')
    if (byKey.size === MOST) break
  }
  return Object.fromEntries(byKey)
}
