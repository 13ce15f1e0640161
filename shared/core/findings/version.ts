import { FINDING_STATES, type FindingVersion, type Wrapping } from './finding.ts'

/** The newest version of one finding that each wrapping has brought. */
export type KnownVersions = Readonly<Partial<Record<Wrapping, FindingVersion>>>

/**
 * Does this version say something that nobody has said yet? The same finding comes in several wrappings, each with
 * minutes between them, so that one change must count once and a late copy not at all.
 */
export function isNewer(version: FindingVersion, wrapping: Wrapping, known: KnownVersions): boolean {
  const all = Object.values(known)
  const own = known[wrapping]
  if (all.length === 0) return true
  if (own !== undefined && !isAfter(version, own)) return false
  if (own?.updatedAt === version.updatedAt) return version.state !== own.state
  return all.every((other) => isLaterOrFurther(version, other))
}

function isLaterOrFurther(version: FindingVersion, other: FindingVersion): boolean {
  if (version.updatedAt !== other.updatedAt) return version.updatedAt > other.updatedAt
  return rank(version) > rank(other)
}

/** None that is known is later than this one, in whatever wrapping. */
export function isLatest(version: FindingVersion, known: KnownVersions): boolean {
  return Object.values(known).every((other) => version === other || !isAfter(other, version))
}

/** What is known once this version has been seen too; an older one changes nothing. */
export function mergeVersions(known: KnownVersions, wrapping: Wrapping, version: FindingVersion): KnownVersions {
  const own = known[wrapping]
  if (own === undefined) return { ...known, [wrapping]: version }
  return isAfter(version, own) ? { ...known, [wrapping]: over(own, version) } : known
}

/**
 * Later by the provider's instant, then by when it was sent, then by the fixed order of states. Who sets a workflow's
 * state in Security Hub leaves the instant as it was, so that only the sending tells a return to active from a late copy.
 */
function isAfter(a: FindingVersion, b: FindingVersion): boolean {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt
  if (a.sentAt === undefined || b.sentAt === undefined || a.sentAt === b.sentAt) return rank(a) > rank(b)
  return a.sentAt > b.sentAt
}

/** What two have seen of one finding, apart from each other. */
export function joinVersions(one: KnownVersions, other: KnownVersions): KnownVersions {
  return entriesOf(other).reduce((known, [wrapping, version]) => mergeVersions(known, wrapping, version), one)
}

function entriesOf(known: KnownVersions): [Wrapping, FindingVersion][] {
  return Object.entries(known) as [Wrapping, FindingVersion][]
}

/** At one instant, what came without an envelope keeps when the last one was sent: copies of that stay old. */
function over({ updatedAt, sentAt }: FindingVersion, version: FindingVersion): FindingVersion {
  const isAtOnce = version.updatedAt === updatedAt && version.sentAt === undefined && sentAt !== undefined
  return isAtOnce ? { ...version, sentAt } : version
}

function rank(version: FindingVersion): number {
  return FINDING_STATES.indexOf(version.state)
}
