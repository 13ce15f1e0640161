import {
  absenceAt,
  type Channel,
  type Directory,
  findResponder,
  hasLeft,
  INCIDENT_COMMANDER,
  LEGAL_COUNSEL,
  type Responder,
  type ResponderId,
  type Role,
} from '../directory/directory.ts'
import { type Instant, plusSeconds } from '../time/instant.ts'
import { CLOCK_MESSAGES_KEPT_SECONDS, MOST_CLOCK_MESSAGES } from './evolve-clock-messages.ts'
import { hasConflictOfInterest, usableChannels } from './reachable.ts'
import { type ClockMessage, type IncidentState, seatOf } from './state.ts'

export interface ClockRecipient {
  readonly responderId: ResponderId
  readonly channel: Channel
}

/**
 * Who is told about clocks: the Legal seat's holder, else whoever with the role is being called for it, else the first
 * reachable person with the role, else anybody else who is being called; if nobody has the role, the Commander's seat in
 * the same way. Who is absent, has left or has no working channel is passed over. Null when nobody can be told now.
 */
export function clockRecipient(state: IncidentState, directory: Directory, now: Instant): ClockRecipient | null {
  if (recentFailures(state, now).length >= MOST_CLOCK_MESSAGES) return null
  for (const responder of peopleToTell(state, directory, now)) {
    const channel = workingChannel(state, responder, now)
    if (channel && isPresent(responder, now)) return { responderId: responder.id, channel }
  }
  return null
}

/** Everybody with the role Legal Counsel who has not left, in the file's order. */
export function counselOf(directory: Directory, now: Instant): readonly Responder[] {
  return directory.responders.filter((one) => one.roles.includes(LEGAL_COUNSEL) && !hasLeft(one, now))
}

function peopleToTell(state: IncidentState, directory: Directory, now: Instant): readonly Responder[] {
  const counsel = counselOf(directory, now)
  const instead =
    counsel.length > 0
      ? counsel.filter((responder) => !hasConflictOfInterest(state, responder))
      : peopleOfSeat(state, directory, INCIDENT_COMMANDER)
  const ofSeat = peopleOfSeat(state, directory, LEGAL_COUNSEL)
  const holder = seatOf(state, LEGAL_COUNSEL)?.holder ?? null
  // Everybody who agreed to off-duty calls may be called for an empty seat: what is legal is for counsel first.
  const isFirst = ({ id, roles }: Responder) => id === holder || roles.includes(LEGAL_COUNSEL)
  return [...ofSeat.filter(isFirst), ...instead, ...ofSeat.filter((one) => !isFirst(one))]
}

/** The holder, then whoever is being called, in the order in which they were. */
function peopleOfSeat(state: IncidentState, directory: Directory, role: Role): readonly Responder[] {
  const seat = seatOf(state, role)
  const called = seat?.engagement?.open.map(({ responderId }) => responderId) ?? []
  const ids = [...(seat?.holder ? [seat.holder] : []), ...called]
  return ids.flatMap((id) => findResponder(directory, id) ?? [])
}

function isPresent(responder: Responder, now: Instant): boolean {
  return !hasLeft(responder, now) && absenceAt(responder, now) === null
}

/** The first channel on which no message about clocks has failed within the last hour. */
function workingChannel(state: IncidentState, responder: Responder, now: Instant): Channel | undefined {
  const failed = recentFailures(state, now).filter(({ responderId }) => responderId === responder.id)
  return usableChannels(state, responder).find((channel) => !failed.some(({ channelId }) => channelId === channel.id))
}

function recentFailures({ clockMessages }: IncidentState, now: Instant): readonly ClockMessage[] {
  return clockMessages.filter(
    ({ failed, requestedAt }) => failed && plusSeconds(requestedAt, CLOCK_MESSAGES_KEPT_SECONDS) > now,
  )
}
