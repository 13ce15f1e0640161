import { wakeAt } from '../../../shared/core/decide.ts'
import { secondsBetween } from '../../../shared/core/time/instant.ts'
import { type Case, eventsOf, type Record, type Violation } from './violation.ts'

/** From the commit that opened a seat until a provider took its first page, in real seconds. */
const NOBODY_DIED_SECONDS = 8
/** A dispatcher that dies is followed by the next at once. */
const DISPATCHER_DIED_SECONDS = 15
/** Any other may hold a message or a claim until its time is over. */
const OTHER_DIED_SECONDS = 75
/** Once nothing goes wrong any more. */
const AFTER_FAULTS_SECONDS = 150

export function judgePromptness(judged: Case): Violation[] {
  return [...judged.records.values()].flatMap((record) => [...firstPages(judged, record), ...wakes(judged, record)])
}

function firstPages(judged: Case, record: Record): Violation[] {
  const { evidence, town } = judged.played
  return eventsOf(record).flatMap(({ event, seen }) => {
    if (event.type !== 'SeatOpened') return []
    const { role } = event.data
    const untilMs = deadlineMs(judged, seen.realMs)
    if (untilMs > town.world.realMs || settledWithout(record, role, untilMs)) return []
    const paged = evidence.accepted.some(
      (one) => one.message.incidentId === record.incidentId && one.roles.includes(role) && one.realMs <= untilMs,
    )
    if (paged) return []
    const detail = `${role}: opened at ${(seen.realMs / 1000).toFixed(1)} s, no page accepted by ${(untilMs / 1000).toFixed(1)} s`
    return [{ invariant: 'the first page is prompt' as const, incidentId: record.incidentId, detail }]
  })
}

function deadlineMs({ played }: Case, openedMs: number): number {
  const { profile, evidence } = played
  if (profile.firstPageSeconds !== null) return openedMs + profile.firstPageSeconds * 1000
  if (profile.oneCrash) {
    const died = evidence.died[0]
    return (
      openedMs +
      (died === undefined
        ? NOBODY_DIED_SECONDS
        : died === 'dispatcher'
          ? DISPATCHER_DIED_SECONDS
          : OTHER_DIED_SECONDS) *
        1000
    )
  }
  return Math.max(openedMs, evidence.faultsEndMs) + AFTER_FAULTS_SECONDS * 1000
}

/** Taken by name, closed, or with nobody to call: then no page was needed. */
function settledWithout(record: Record, role: string, untilMs: number): boolean {
  return eventsOf(record).some(({ event, seen }) => {
    if (seen.realMs > untilMs) return false
    if (event.type === 'IncidentClosed' || event.type === 'IncidentMerged') return true
    const settles =
      event.type === 'SeatAcknowledged' || event.type === 'SeatExhausted' || event.type === 'CandidateDeferred'
    return settles && event.data.role === role
  })
}

/** Nothing is decided later than it was due, but for the seconds of its way; further ahead only the tick can see. */
function wakes({ played }: Case, record: Record): Violation[] {
  if (!played.profile.wakesPrompt) return []
  return record.commits.flatMap(({ commit }, index) => {
    const before = record.states[index - 1]
    const due = before === undefined ? null : wakeAt(before)
    const isAhead = before !== undefined && due !== null && secondsBetween(before.lastCommitAt, due) > 900
    if (due === null || isAhead || secondsBetween(due, commit.at) <= 3) return []
    return [
      {
        invariant: 'wakes are prompt' as const,
        incidentId: record.incidentId,
        detail: `due at ${due}, then ${commit.at}`,
      },
    ]
  })
}
