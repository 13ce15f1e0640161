import type { AccountProfile } from '../directory/directory.ts'
import type { FindingFilter } from '../directory/finding-rules.ts'
import type { UngradedFinding } from './finding.ts'

export const FILTER_FIELDS = [
  'source',
  'type',
  'family',
  'trait',
  'severity',
  'title',
  'findingId',
  'accountId',
  'environment',
  'region',
  'resource',
  'resourceType',
  'tag',
  'principal',
] as const satisfies readonly (keyof FindingFilter)[]

/** Whether the filter is about this finding. A filter without a field is about every finding. */
export function fits(filter: FindingFilter, finding: UngradedFinding, profile: AccountProfile | null): boolean {
  return FILTER_FIELDS.every((field) => {
    const patterns = filter[field]
    return patterns === undefined || valuesOf(field, finding, profile).some((value) => fitsAny(patterns, value))
  })
}

function valuesOf(
  field: keyof FindingFilter,
  finding: UngradedFinding,
  profile: AccountProfile | null,
): readonly string[] {
  switch (field) {
    case 'trait':
      return finding.traits
    case 'resource':
      return finding.resources.map(({ id }) => id)
    case 'resourceType':
      return finding.resources.map(({ type }) => type)
    case 'tag':
      return Object.entries(finding.tags).map(([key, value]) => `${key}=${value}`)
    case 'environment':
      return profile === null ? [] : [profile.environment]
    default:
      return finding[field] === null ? [] : [finding[field]]
  }
}

function fitsAny(patterns: readonly string[], value: string): boolean {
  const lower = value.toLowerCase()
  return patterns.some((pattern) => fitsPattern(pattern.toLowerCase(), lower))
}

/** At most the pattern's length times the value's steps, both of which are bounded: no pattern makes it slow. */
export function fitsPattern(pattern: string, value: string): boolean {
  let at = 0
  let p = 0
  let star = -1
  let resume = 0
  while (at < value.length) {
    if (pattern[p] === '*') {
      star = p
      resume = at
      p += 1
    } else if (pattern[p] === '?') {
      p += 1
      at += charLength(value, at)
    } else if (pattern[p] === value[at]) {
      p += 1
      at += 1
    } else if (star >= 0) {
      p = star + 1
      resume += 1
      at = resume
    } else return false
  }
  while (pattern[p] === '*') p += 1
  return p === pattern.length
}

/** Of one character in UTF-16: `?` must not stop within one. */
function charLength(value: string, at: number): number {
  return (value.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
}
