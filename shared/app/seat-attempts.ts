import { type Directory, findResponder } from '../core/directory/directory.ts'
import type { EventOf, IncidentEvent } from '../core/incident/events.ts'
import type { Reason } from '../core/incident/reasons.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Commit } from './rows/commit-row.ts'

export type AttemptOutcome = 'sent' | 'failed' | 'skipped' | 'acknowledged' | 'declined' | 'elapsed'

/** What was tried to fill a seat: one per channel; a person who was passed over once, with channel null. */
export interface AttemptView {
  readonly responderId: string
  /** The channel's kind, as messages name it. */
  readonly channel: string | null
  readonly at: Instant
  readonly outcome: AttemptOutcome
  /** Why the person was called; where it failed, was skipped or cut short, why that. */
  readonly reason: Reason
}

/** One call while its outcome is being found out. */
interface Tracked {
  readonly role: string
  readonly responderId: string
  readonly channel: string | null
  readonly effectId: string | null
  readonly at: Instant
  /** Null while no provider has answered. */
  outcome: AttemptOutcome | null
  reason: Reason
  /** Why the person was called: it counts again when a message left after all. */
  readonly calledAs: Reason | null
  /** The attempt that it belongs to still runs. */
  open: boolean
  /** It failed or came back, whatever its sender says later. */
  cameBack: boolean
}

/** Attempts whose turn passed while an answer was awaited: why they were called says more than that. */
const UNANSWERED: ReadonlySet<Reason> = new Set(['WindowElapsed', 'EscalatedByHand', 'DeliveryFailed'])

/**
 * The attempts of every seat, from all commits of an incident, in order. A call is shown once something has become of
 * it: until its provider has answered it is on the timeline only.
 */
export function seatAttempts(commits: readonly Commit[], directory: Directory): Map<string, AttemptView[]> {
  const calls: Tracked[] = []
  for (const { events, at } of commits) for (const event of events) note(calls, event, at, directory)
  const byRole = new Map<string, AttemptView[]>()
  for (const { role, responderId, channel, at, outcome, reason } of calls) {
    if (outcome === null) continue
    byRole.set(role, [...(byRole.get(role) ?? []), { responderId, channel, at, outcome, reason }])
  }
  return byRole
}

function note(calls: Tracked[], event: IncidentEvent, at: Instant, directory: Directory): void {
  switch (event.type) {
    case 'PageRequested':
      calls.push(called(event, at))
      break
    case 'CandidateSkipped':
      calls.push({ ...still(event.data, at), outcome: 'skipped', reason: event.data.reason })
      break
    case 'ChannelSkipped':
      calls.push({ ...still(event.data, at), ...skippedChannel(event, directory) })
      break
    case 'MessageSent':
    case 'MessageFailed':
    case 'MessageWithheld':
      for (const call of calls) if (call.effectId === event.data.effectId) settle(call, event)
      break
    case 'AttemptEnded':
      for (const call of openCalls(calls, event.data)) end(call, event.data.reason)
      break
    case 'SeatAcknowledged':
      acknowledge(calls, event, at)
      break
    case 'SeatDeclined':
      decline(calls, event, at)
      break
    default:
  }
}

function called({ data }: EventOf<'PageRequested'>, at: Instant): Tracked {
  const { role, responderId, channel, effectId, reason } = data
  return {
    role,
    responderId,
    channel,
    effectId,
    at,
    outcome: null,
    reason,
    calledAs: reason,
    open: true,
    cameBack: false,
  }
}

/** A row that no message belongs to. */
function still({ role, responderId }: { readonly role: string; readonly responderId: string }, at: Instant) {
  return { role, responderId, channel: null, effectId: null, at, calledAs: null, open: false, cameBack: false }
}

function skippedChannel({ data }: EventOf<'ChannelSkipped'>, directory: Directory) {
  const channels = findResponder(directory, data.responderId)?.channels ?? []
  const channel = channels.find(({ id }) => id === data.channelId)?.kind ?? data.channelId
  return { channel, outcome: 'skipped', reason: data.reason } as const
}

/** A provider may answer late: what a person has done since counts more, and nobody let elapse what came back. */
function settle(call: Tracked, event: EventOf<'MessageSent' | 'MessageFailed' | 'MessageWithheld'>): void {
  const answered = call.outcome === 'acknowledged' || call.outcome === 'declined' || call.outcome === 'skipped'
  if (answered || (call.outcome === 'elapsed' && event.type !== 'MessageFailed')) return
  if (event.type === 'MessageSent') {
    if (call.cameBack) return
    call.outcome = 'sent'
    call.reason = call.calledAs ?? call.reason
    return
  }
  call.cameBack = event.type === 'MessageFailed'
  call.outcome = event.type === 'MessageFailed' ? 'failed' : 'skipped'
  call.reason = event.data.reason
}

function openCalls(calls: readonly Tracked[], who: { readonly role: string; readonly responderId: string }): Tracked[] {
  return calls.filter((call) => call.open && call.role === who.role && call.responderId === who.responderId)
}

function end(call: Tracked, why: Reason): void {
  call.open = false
  if (call.outcome === null && why === 'DeliveryFailed') {
    call.outcome = 'failed'
    call.reason = why
  }
  if (call.outcome !== 'sent') return
  call.outcome = 'elapsed'
  if (!UNANSWERED.has(why)) call.reason = why
}

function acknowledge(calls: Tracked[], { data }: EventOf<'SeatAcknowledged'>, at: Instant): void {
  const latest = openCalls(calls, data).at(-1)
  if (latest) latest.outcome = 'acknowledged'
  else calls.push({ ...still(data, at), outcome: 'acknowledged', reason: data.reason })
  // A seat that is taken calls nobody any more; one that is only acting goes on calling the others.
  for (const call of calls) {
    if (call.role === data.role && (!data.acting || call.responderId === data.responderId)) call.open = false
  }
}

function decline(calls: Tracked[], { data }: EventOf<'SeatDeclined'>, at: Instant): void {
  const open = openCalls(calls, data)
  const latest = open.at(-1)
  if (latest) latest.outcome = 'declined'
  else calls.push({ ...still(data, at), outcome: 'declined', reason: 'Declined' })
  for (const call of open) call.open = false
}
