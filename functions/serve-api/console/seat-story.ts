import type { IncidentEvent } from '../../../shared/core/incident/events.ts'
import type { Reason } from '../../../shared/core/incident/reasons.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import type { RecordStep } from './record-step.ts'

/** One message of a try on one channel. */
export interface TriedCall {
  readonly effectId: string
  readonly channel: string
  readonly at: Instant
  readonly outcome: 'pending' | 'sent' | 'failed' | 'refused' | 'withheld'
}

/** One person's turn for a seat within the search that is running, or was the last. */
export interface SeatTry {
  readonly responderId: string
  /** When they were called, or passed over. */
  readonly at: Instant
  readonly calls: readonly TriedCall[]
  /** How it ended; null while an answer is awaited. */
  readonly end: {
    readonly at: Instant
    readonly how: 'skipped' | 'acknowledged' | 'over'
    readonly reason: Reason
  } | null
}

/** Who was tried for a seat since its search last began anew, and who has taken it. */
export interface SeatStory {
  readonly tries: readonly SeatTry[]
  readonly taken: { readonly responderId: string; readonly at: Instant; readonly acting: boolean } | null
}

const NOTHING: SeatStory = { tries: [], taken: null }

/** Reads the story of one seat off the record. */
export function seatStory(steps: readonly RecordStep[], role: string): SeatStory {
  return steps.reduce((story, step) => tell(story, step, role), NOTHING)
}

function tell(story: SeatStory, { at, event }: RecordStep, role: string): SeatStory {
  const outcome = outcomeOf(event)
  if (outcome !== null) return { ...story, tries: story.tries.map((one) => withOutcome(one, outcome)) }
  if (event.type === 'IncidentReopened') return { ...story, tries: [] }
  return 'role' in event.data && event.data.role === role ? tellSeat(story, event, at) : story
}

function tellSeat(story: SeatStory, event: IncidentEvent, at: Instant): SeatStory {
  switch (event.type) {
    case 'RoundStarted':
    case 'CheckInMissed':
    case 'SeatHandedOver':
      return { ...story, tries: [] }
    case 'CandidateSkipped':
      return { ...story, tries: [...story.tries, skipped(event.data, at)] }
    case 'PageRequested':
      return { ...story, tries: called(story.tries, event.data, at) }
    case 'AttemptEnded':
      return ended(story, event.data.responderId, { at, how: 'over', reason: event.data.reason })
    case 'SeatDeclined':
      return declined(story, event.data.responderId, at)
    case 'SeatAcknowledged':
      return taken(story, event.data, at)
    default:
      return story
  }
}

interface Skip {
  readonly responderId: string
  readonly reason: Reason
}

function skipped({ responderId, reason }: Skip, at: Instant): SeatTry {
  return { responderId, at, calls: [], end: { at, how: 'skipped', reason } }
}

function called(
  tries: readonly SeatTry[],
  { responderId, effectId, channel }: { responderId: string; effectId: string; channel: string },
  at: Instant,
): readonly SeatTry[] {
  const call: TriedCall = { effectId, channel, at, outcome: 'pending' }
  const running = tries.find((one) => one.responderId === responderId && one.end === null)
  if (running === undefined) return [...tries, { responderId, at, calls: [call], end: null }]
  return tries.map((one) => (one === running ? { ...one, calls: [...one.calls, call] } : one))
}

function ended(story: SeatStory, responderId: string, end: NonNullable<SeatTry['end']>): SeatStory {
  const close = (one: SeatTry) => (one.responderId === responderId && one.end === null ? { ...one, end } : one)
  return { ...story, tries: story.tries.map(close) }
}

/** A holder who gives the seat up was not being called: their try is told anew. */
function declined(story: SeatStory, responderId: string, at: Instant): SeatStory {
  const end = { at, how: 'over', reason: 'Declined' } as const
  const gaveUp = story.taken?.responderId === responderId
  if (gaveUp) return { taken: null, tries: [...story.tries, { responderId, at, calls: [], end }] }
  const open = story.tries.some((one) => one.responderId === responderId && one.end === null)
  return open
    ? ended(story, responderId, end)
    : { ...story, tries: [...story.tries, { responderId, at, calls: [], end }] }
}

/** Everybody else's turn is over too, unless the holder is only acting. */
function taken(
  story: SeatStory,
  { responderId, acting, reason }: { responderId: string; acting: boolean; reason: Reason },
  at: Instant,
): SeatStory {
  const own = ended(story, responderId, { at, how: 'acknowledged', reason })
  const over = { at, how: 'over', reason: 'SeatTaken' } as const
  const tries = acting ? own.tries : own.tries.map((one) => (one.end === null ? { ...one, end: over } : one))
  return { tries, taken: { responderId, at, acting } }
}

interface Outcome {
  readonly effectId: string
  readonly outcome: TriedCall['outcome']
}

function outcomeOf(event: IncidentEvent): Outcome | null {
  if (event.type === 'MessageSent') return { effectId: event.data.effectId, outcome: 'sent' }
  if (event.type === 'MessageWithheld') return { effectId: event.data.effectId, outcome: 'withheld' }
  if (event.type !== 'MessageFailed') return null
  return { effectId: event.data.effectId, outcome: event.data.reason === 'ChannelRefused' ? 'refused' : 'failed' }
}

function withOutcome(one: SeatTry, { effectId, outcome }: Outcome): SeatTry {
  // What came back stays so, though its sender may say only afterwards that it was accepted.
  const isSettled = (call: TriedCall) =>
    call.effectId === effectId && !(outcome === 'sent' && (call.outcome === 'failed' || call.outcome === 'refused'))
  if (!one.calls.some(isSettled)) return one
  return { ...one, calls: one.calls.map((call) => (isSettled(call) ? { ...call, outcome } : call)) }
}
