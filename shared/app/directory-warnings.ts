import { verifiedChannels } from '../core/directory/availability.ts'
import { type Directory, findResponder, type ResponderId, type Role } from '../core/directory/directory.ts'
import { type FindingRules, NO_FINDING_RULES, type Suppression } from '../core/directory/finding-rules.ts'
import { fitsPattern } from '../core/findings/filter.ts'
import { FINDING_SEVERITIES, INCIDENT_SEVERITIES } from '../core/severity/severity.ts'
import type { Instant } from '../core/time/instant.ts'
import { type FilePath, type LineOf, pathText } from './directory-problem.ts'

/** Something that is allowed, but that whoever keeps the file should know of. */
export interface DirectoryWarning {
  readonly path: string
  readonly line: number | null
  readonly text: string
}

interface Named {
  readonly path: FilePath
  readonly id: ResponderId
  /** The role they would be called for. */
  readonly role: Role
}

/**
 * Who is listed for a seat but cannot be called, or has not its role; severities at which nobody is called; rules about
 * findings that hold back everything, or nothing any more.
 */
export function directoryWarnings(directory: Directory, lineOf: LineOf, now: Instant | null): DirectoryWarning[] {
  const warn = (path: FilePath, text: string) => ({ path: pathText(path), line: lineOf(path), text })
  const silent = INCIDENT_SEVERITIES.filter((each) => !directory.policies.some(({ severity }) => severity === each))
  return [
    ...listedForSeats(directory).flatMap((named) => about(directory, named).map((text) => warn(named.path, text))),
    ...silent.map((severity) => warn(['policies'], `no policy for ${severity}: its findings call nobody`)),
    ...aboutRules(directory, now).map(({ path, text }) => warn(['findings', ...path], text)),
  ]
}

interface Said {
  readonly path: FilePath
  readonly text: string
}

function aboutRules({ findings = NO_FINDING_RULES }: Directory, now: Instant | null): Said[] {
  const rules = Object.entries(findings).flatMap(([kind, list]: [string, FindingRules[keyof FindingRules]]) =>
    list.map(({ filter }, index) => ({ filter, path: [kind, index] })),
  )
  return [
    ...rules.flatMap(({ filter, path }) =>
      (filter.severity ?? []).flatMap((pattern, index) =>
        FINDING_SEVERITIES.some((severity) => fitsPattern(pattern.toUpperCase(), severity))
          ? []
          : [
              {
                path: [...path, 'filter', 'severity', index],
                text: `"${pattern}" fits none of ${FINDING_SEVERITIES.join(', ')}`,
              },
            ],
      ),
    ),
    ...findings.suppressions.flatMap((one, index) =>
      aboutSuppression(one, now).map((text) => ({ path: ['suppressions', index], text })),
    ),
  ]
}

function aboutSuppression({ id, filter, until }: Suppression, now: Instant | null): string[] {
  const fitsEverything = Object.values(filter).every((patterns: readonly string[]) =>
    patterns.some((each) => /^\*+$/.test(each)),
  )
  return [
    ...(now !== null && until <= now ? [`${id} ended at ${until} and holds nothing back`] : []),
    ...(fitsEverything ? [`${id} fits every finding: nothing below CRITICAL would call anybody`] : []),
  ]
}

function about(directory: Directory, { id, role }: Named): string[] {
  const person = findResponder(directory, id)
  if (!person) return []
  return [
    ...(person.roles.includes(role) ? [] : [`${id} has not the role ${role} and would only be acting`]),
    ...(verifiedChannels(person).length > 0 ? [] : [`${id} has no verified channel and would be skipped`]),
  ]
}

function listedForSeats(directory: Directory): Named[] {
  return directory.policies.flatMap((policy, at) =>
    policy.seats.flatMap((seat, place) =>
      seat.candidates.flatMap((candidate, index): Named[] => {
        const path = ['policies', at, 'seats', place, 'candidates', index]
        if ('responder' in candidate) return [{ path, id: candidate.responder, role: seat.role }]
        const members = directory.rotations.find(({ id }) => id === candidate.rotation)?.responders ?? []
        return [...new Set(members)].map((id) => ({ path, id, role: seat.role }))
      }),
    ),
  )
}
