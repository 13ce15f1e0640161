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
  if (all.every((other) => version.updatedAt > other.updatedAt)) return true
  if (own !== undefined) return version.state !== own.state
  return all.every((other) => rank(version) > rank(other))
}

/** What is known once this version has been seen too; an older one changes nothing. */
export function mergeVersions(known: KnownVersions, wrapping: Wrapping, version: FindingVersion): KnownVersions {
  const own = known[wrapping]
  return own !== undefined && !isAfter(version, own) ? known : { ...known, [wrapping]: version }
}

/** Later by the provider's instant, then by the fixed order of states. */
function isAfter(a: FindingVersion, b: FindingVersion): boolean {
  return a.updatedAt > b.updatedAt || (a.updatedAt === b.updatedAt && rank(a) > rank(b))
}

function rank(version: FindingVersion): number {
  return FINDING_STATES.indexOf(version.state)
}
