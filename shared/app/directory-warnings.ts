import { verifiedChannels } from '../core/directory/availability.ts'
import { type Directory, findResponder, type ResponderId, type Role } from '../core/directory/directory.ts'
import { INCIDENT_SEVERITIES } from '../core/severity/severity.ts'
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

/** Who is listed for a seat but cannot be called, or has not its role; severities at which nobody is called. */
export function directoryWarnings(directory: Directory, lineOf: LineOf): DirectoryWarning[] {
  const warn = (path: FilePath, text: string) => ({ path: pathText(path), line: lineOf(path), text })
  const silent = INCIDENT_SEVERITIES.filter((each) => !directory.policies.some(({ severity }) => severity === each))
  return [
    ...listedForSeats(directory).flatMap((named) => about(directory, named).map((text) => warn(named.path, text))),
    ...silent.map((severity) => warn(['policies'], `no policy for ${severity}: its findings call nobody`)),
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
