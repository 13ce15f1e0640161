import { type FindingFilter, FROM_THE_BEGINNING, GROUPING_PARTS } from '../core/directory/finding-rules.ts'
import { FILTER_FIELDS } from '../core/findings/filter.ts'
import { FINDING_SEVERITIES } from '../core/severity/severity.ts'
import { epochMs, type Instant } from '../core/time/instant.ts'
import {
  id,
  instant,
  list,
  map,
  oneOf,
  oneOrMore,
  optional,
  text,
  UNTIL_AFTER_FROM,
  untilAfterFrom,
} from './directory-fields.ts'
import type { Problem } from './directory-problem.ts'

/** The part of the directory file that says how findings are judged. */

const MOST_RULES = 200
const LONGEST_DAYS = 366
const DAY_MS = 24 * 3600 * 1000
const patterns = optional(oneOrMore(text(256), 100), null)

const fields = Object.fromEntries(FILTER_FIELDS.map((field) => [field, patterns])) as Record<
  keyof FindingFilter,
  typeof patterns
>

/** Only the fields that are given. */
const filter = map(fields).transform(
  (given): FindingFilter => Object.fromEntries(Object.entries(given).filter(([, each]) => each !== null)),
)

const someFilter = filter.refine((given) => Object.keys(given).length > 0, {
  error: `at least one of the keys ${FILTER_FIELDS.join(', ')}`,
})

const severityRule = map({
  id,
  filter: optional(filter, {}),
  severity: oneOf(FINDING_SEVERITIES),
  use: optional(oneOf(['missing', 'raise']), 'missing'),
})

const groupingRule = map({
  id,
  filter: optional(filter, {}),
  by: list(oneOf(GROUPING_PARTS), GROUPING_PARTS.length, 1),
})

const suppression = map({
  id,
  kind: oneOf(['suppression', 'maintenance']),
  filter: someFilter,
  owner: id,
  reason: text(500),
  from: optional(instant, FROM_THE_BEGINNING),
  until: instant,
})
  .refine(untilAfterFrom, UNTIL_AFTER_FROM)
  .refine(({ from, until }) => from === FROM_THE_BEGINNING || !isTooLong(from, until), {
    path: ['until'],
    error: `an instant at most ${LONGEST_DAYS} days after "from"`,
  })

export const findingRules = map({
  severities: optional(list(severityRule, MOST_RULES), []),
  groups: optional(list(groupingRule, MOST_RULES), []),
  suppressions: optional(list(suppression, MOST_RULES), []),
})

/** What has no beginning lasts from now, at most as long as what has one: nothing is held back for ever. */
export function endlessSuppressions(
  suppressions: readonly { readonly from: Instant; readonly until: Instant }[],
  now: Instant,
): Problem[] {
  return suppressions.flatMap(({ from, until }, index) => {
    if (from !== FROM_THE_BEGINNING || !isTooLong(now, until)) return []
    const expected = `an instant at most ${LONGEST_DAYS} days from now, or a "from"`
    return [{ path: ['findings', 'suppressions', index, 'until'], found: `"${until}"`, expected }]
  })
}

function isTooLong(from: Instant, until: Instant): boolean {
  return epochMs(until) - epochMs(from) > LONGEST_DAYS * DAY_MS
}
