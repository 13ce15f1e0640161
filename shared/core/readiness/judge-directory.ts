import { verifiedChannels } from '../directory/availability.ts'
import { type Directory, findResponder, hasLeft, type Responder, type ResponderId } from '../directory/directory.ts'
import type { Instant } from '../time/instant.ts'
import type { DeployedChannel } from './deployed-stack.ts'
import type { Looked } from './looked.ts'
import { fail, judged, ok, type Verdict } from './verdict.ts'

const NAMES: Readonly<Record<DeployedChannel, string>> = { email: 'e-mail', sms: 'SMS' }

/** Whether there is any way to reach people. */
export function judgeChannels(kinds: readonly DeployedChannel[]): Verdict {
  return kinds.length > 0
    ? ok(`channels: ${namesOf(kinds)}`)
    : fail('channels: none, nobody can be reached', 'deploy with mailFrom or smsIdentity set')
}

/** Whether there is a directory, and everybody whom its policies name can be reached by what is deployed. */
export function judgeDirectory(
  directory: Looked<Directory | null>,
  kinds: readonly DeployedChannel[],
  now: Instant,
): Verdict[] {
  if (directory.status !== 'seen') return [judged('directory', directory, () => ok('directory'))]
  if (directory.fact === null) {
    return [fail('directory: none, nobody is called', 'PUT the file to /v1/directory, as docs/deploy.md shows')]
  }
  const candidates = candidatesOf(directory.fact, now)
  if (candidates.length === 0) {
    return [fail('directory: its policies name nobody', 'add policies with candidates, then import it again')]
  }
  const listed = `directory: ${candidates.length} candidate${candidates.length === 1 ? '' : 's'}`
  return [ok(listed), ...(kinds.length > 0 ? judgeReach(candidates, kinds) : [])]
}

function judgeReach(candidates: readonly Responder[], kinds: readonly DeployedChannel[]): Verdict[] {
  const isServed = ({ kind }: { kind: string }) => kinds.some((served) => served === kind)
  const unreached = candidates.filter((person) => !verifiedChannels(person).some(isServed))
  if (unreached.length === 0) return [ok(`candidates: each can be reached by ${namesOf(kinds)}`)]
  const fix = `add a verified channel of kind ${kinds.join(' or ')}, then import the directory again`
  return unreached.map(({ id }) => fail(`candidate ${id}: no verified channel of a kind that is deployed`, fix))
}

/** Everybody whom a policy names, by name or by rotation, and who has not left. */
function candidatesOf(directory: Directory, now: Instant): Responder[] {
  const listed = directory.policies.flatMap(({ seats }) => seats.flatMap(({ candidates }) => candidates))
  const ids = listed.flatMap((one) => ('responder' in one ? [one.responder] : membersOf(directory, one.rotation, now)))
  return [...new Set(ids)].flatMap((id) => {
    const person = findResponder(directory, id)
    return person && !hasLeft(person, now) ? [person] : []
  })
}

function membersOf(directory: Directory, rotationId: string, now: Instant): ResponderId[] {
  const rotation = directory.rotations.find(({ id }) => id === rotationId)
  if (!rotation) return []
  const ahead = rotation.overrides.filter(({ until }) => until > now)
  return [...rotation.responders, ...ahead.map(({ responder }) => responder)]
}

function namesOf(kinds: readonly DeployedChannel[]): string {
  return kinds.map((kind) => NAMES[kind]).join(', ')
}
