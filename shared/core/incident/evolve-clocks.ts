import { INCIDENT_COMMANDER, LEGAL_COUNSEL, type Role } from '../directory/directory.ts'
import { earliest, type Instant } from '../time/instant.ts'
import type { CommitMeta } from './draft.ts'
import type { EventOf, IncidentEvent } from './events.ts'
import { noteClockFailure, noteClockMessage, nothingToTry } from './evolve-clock-messages.ts'
import { fingerprint, submissionFingerprint } from './fingerprint.ts'
import type { Clock, IncidentState, Stage } from './state.ts'
import { warningsPassed } from './warning-times.ts'

const MOST_RESIDENTS = 50

/** Notification clocks: where each stage counts from, what is due, what was sent, who was told. */
export function evolveClocks(state: IncidentState, event: IncidentEvent, meta: CommitMeta): IncidentState {
  switch (event.type) {
    case 'FactsRecorded':
      return recordFacts(state, event)
    case 'ClockStarted':
      return warnAfresh(startClock(state, event))
    case 'ClockCarried':
      return warnAfresh(carryClock(state, event))
    case 'ClockWarned':
      return noteClockMessage(state, event, meta)
    case 'ClockWarningDeferred':
      return { ...nothingToTry(state, event), clockDeferredUntil: event.data.until }
    case 'MessageFailed':
      return noteClockFailure(state, event)
    case 'SeatAcknowledged':
      return isTold(event.data.role) ? warnAfresh(state) : state
    case 'SeverityRaised':
      return warnAfresh(state)
    case 'ClockConfirmed':
      return onClock(state, event.data.clockId, (clock) => ({ ...clock, status: 'confirmed' }))
    case 'ClockDeclaredNotNotifiable':
      return onClock(state, event.data.clockId, (clock) => ({ ...clock, status: 'not-notifiable' }))
    case 'ClockReopened':
      return warnAfresh(onClock(state, event.data.clockId, reopen))
    case 'StageReanchored':
      return warnAfresh(reanchor(state, event, meta.at))
    case 'StageSubmitted':
      return submit(state, event)
    case 'StageWaived':
      return onStage(state, event.data, (stage) => ({ ...stage, status: 'waived' }))
    case 'StageMissed':
      return onStage(state, event.data, (stage) => ({ ...stage, status: 'missed' }))
    default:
      return state
  }
}

/** What made a warning wait may be gone: it is weighed again in the same decision, and waits again if it must. */
function warnAfresh(state: IncidentState): IncidentState {
  return state.clockDeferredUntil === null ? state : { ...state, clockDeferredUntil: null }
}

/** Warnings go to the Legal seat, or to the Commander's in its place. */
function isTold(role: Role): boolean {
  return role === LEGAL_COUNSEL || role === INCIDENT_COMMANDER
}

function recordFacts(state: IncidentState, { data }: EventOf<'FactsRecorded'>): IncidentState {
  const dataCategories = [...new Set([...state.facts.dataCategories, ...data.dataCategories])]
  const residents = [...new Set([...state.facts.residents, ...data.residents])].slice(0, MOST_RESIDENTS)
  const news = Object.entries(data.other ?? {}).map(([name, value]) => [name, fingerprint(value)])
  return {
    ...state,
    facts: { dataCategories, residents, other: { ...state.facts.other, ...Object.fromEntries(news) } },
  }
}

function startClock(state: IncidentState, { data }: EventOf<'ClockStarted'>): IncidentState {
  const { clockId: id, obligationId, entityId, role } = data
  const stages = data.stages.map(({ stageId, anchor, dueAt, safeDueAt }): Stage => {
    const status = anchor.at === null ? 'awaiting-anchor' : 'running'
    return { id: stageId, status, anchor, dueAt, safeDueAt, warned: 0, lastSubmission: null }
  })
  return { ...state, clocks: [...state.clocks, { id, obligationId, entityId, role, status: 'provisional', stages }] }
}

/** Over the clock that was there, if any: what was decided about both is in the event. */
function carryClock(state: IncidentState, { data }: EventOf<'ClockCarried'>): IncidentState {
  const { clockId: id, obligationId, entityId, role, status } = data
  const stages = data.stages.map(({ stageId, steps: _steps, submissions: _sent, ...stage }) => ({
    id: stageId,
    ...stage,
  }))
  const carried: Clock = { id, obligationId, entityId, role, status, stages }
  const isThere = state.clocks.some((clock) => clock.id === id)
  return isThere ? onClock(state, id, () => carried) : { ...state, clocks: [...state.clocks, carried] }
}

function onClock(state: IncidentState, clockId: string, change: (clock: Clock) => Clock): IncidentState {
  return { ...state, clocks: state.clocks.map((clock) => (clock.id === clockId ? change(clock) : clock)) }
}

function onStage(
  state: IncidentState,
  { clockId, stageId }: { readonly clockId: string; readonly stageId: string },
  change: (stage: Stage) => Stage,
): IncidentState {
  return onClock(state, clockId, (clock) => ({
    ...clock,
    stages: clock.stages.map((stage) => (stage.id === stageId ? change(stage) : stage)),
  }))
}

/** A reopened clock warns at once, even if the notice about it never arrives: its last warning counts as not given. */
function reopen(clock: Clock): Clock {
  const stages = clock.stages.map((stage) => ({ ...stage, warned: Math.max(0, stage.warned - 1) }))
  return { ...clock, status: 'provisional', stages }
}

function reanchor(state: IncidentState, { data }: EventOf<'StageReanchored'>, now: Instant): IncidentState {
  const { anchor, dueAt, safeDueAt } = data
  const moved = onStage(state, data, (stage) => {
    const next = { ...stage, anchor, dueAt, safeDueAt }
    // Warnings that the new deadline has not reached yet are given again; none is given twice for the same one.
    return { ...next, status: statusAfterMove(next, now), warned: Math.min(stage.warned, warningsPassed(next, now)) }
  })
  // A presumed moment takes nothing back that a person has recorded.
  if (anchor.basis === 'presumed') return moved
  return { ...moved, awarenessAt: earliest(...moved.clocks.map(recordedAwareness)) }
}

/** Of the entities that a person has recorded it for, the first to become aware counts for the incident. */
function recordedAwareness({ stages }: Clock): Instant | null {
  const recorded = stages.filter(({ anchor: { name, basis } }) => name === 'awareness' && basis === 'recorded')
  return earliest(...recorded.map(({ anchor }) => anchor.at))
}

/** What is done stays done; what was missed stays missed unless the new deadline lies ahead. */
function statusAfterMove(stage: Stage, now: Instant): Stage['status'] {
  if (stage.status === 'awaiting-anchor') return 'running'
  if (stage.status === 'missed' && stage.dueAt !== null && now <= stage.dueAt) return 'running'
  return stage.status
}

function submit(state: IncidentState, { data }: EventOf<'StageSubmitted'>): IncidentState {
  const takenBack = data.phase === 'withdrawn'
  const status = takenBack ? 'running' : 'submitted'
  const next = onStage(state, data, (stage) => ({ ...stage, status, lastSubmission: submissionFingerprint(data) }))
  return takenBack ? warnAfresh(next) : next
}
