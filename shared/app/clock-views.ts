import type { Obligation } from '../core/clocks/obligation.ts'
import type { StageAnchor, StageStatus, SubmissionPhase } from '../core/incident/event-parts.ts'
import type { EventOf } from '../core/incident/events.ts'
import type { Clock, Stage } from '../core/incident/state.ts'
import type { Instant } from '../core/time/instant.ts'
import type { Commit } from './rows/commit-row.ts'

export interface SubmissionView {
  readonly submittedAt: Instant
  readonly phase: SubmissionPhase
  readonly receipt: string | null
  readonly responderId: string
  readonly recordedAt: Instant
  /** The confidential note with it, if any. */
  readonly noteId: string | null
}

export interface StageView {
  readonly id: string
  readonly status: StageStatus
  readonly anchor: StageAnchor
  readonly dueAt: Instant | null
  readonly safeDueAt: Instant | null
  readonly submissions: readonly SubmissionView[]
  /** How the deadline was counted. */
  readonly steps: readonly string[]
  /** What has to be done; null where the catalogue does not know the stage any more. */
  readonly what: string | null
}

/** One notification clock with what was counted and what was sent. */
export interface ClockView {
  readonly id: string
  readonly obligationId: string
  readonly entityId: string
  readonly role: Clock['role']
  readonly status: Clock['status']
  readonly stages: readonly StageView[]
  readonly name: string | null
  readonly citation: string | null
}

export function clockViews(
  clocks: readonly Clock[],
  commits: readonly Commit[],
  obligations: readonly Obligation[],
): ClockView[] {
  const steps = stepsIn(commits)
  const submissions = submissionsIn(commits)
  return clocks.map(({ id, obligationId, entityId, role, status, stages }) => {
    const obligation = obligations.find((one) => one.id === obligationId)
    const viewOf = (stage: Stage): StageView => ({
      id: stage.id,
      status: stage.status,
      anchor: stage.anchor,
      dueAt: stage.dueAt,
      safeDueAt: stage.safeDueAt,
      submissions: submissions.get(placeOf(id, stage.id)) ?? [],
      steps: steps.get(placeOf(id, stage.id)) ?? [],
      what: obligation?.stages.find((one) => one.id === stage.id)?.what ?? null,
    })
    const [name, citation] = [obligation?.name ?? null, obligation?.citation ?? null]
    return { id, obligationId, entityId, role, status, stages: stages.map(viewOf), name, citation }
  })
}

function placeOf(clockId: string, stageId: string): string {
  return `${clockId}/${stageId}`
}

/** The steps of the deadline that counts now: of the start, or of the last move. */
function stepsIn(commits: readonly Commit[]): Map<string, readonly string[]> {
  const steps = new Map<string, readonly string[]>()
  for (const { type, data } of commits.flatMap(({ events }) => events)) {
    if (type === 'ClockStarted') {
      for (const stage of data.stages) steps.set(placeOf(data.clockId, stage.stageId), stage.steps)
    }
    if (type === 'ClockCarried') {
      // One that stayed as it was brings none.
      for (const stage of data.stages.filter((one) => one.steps.length > 0)) {
        steps.set(placeOf(data.clockId, stage.stageId), stage.steps)
      }
    }
    if (type === 'StageReanchored') steps.set(placeOf(data.clockId, data.stageId), data.steps)
  }
  return steps
}

function submissionsIn(commits: readonly Commit[]): Map<string, SubmissionView[]> {
  const found = new Map<string, SubmissionView[]>()
  for (const { events, at: recordedAt } of commits) {
    for (const { type, data } of events) {
      if (type === 'ClockCarried') addCarried(found, data)
      if (type !== 'StageSubmitted') continue
      const { submittedAt, phase, receipt, responderId } = data
      const place = placeOf(data.clockId, data.stageId)
      const added = { submittedAt, phase, receipt, responderId, recordedAt, noteId: data.noteId ?? null }
      found.set(place, [...(found.get(place) ?? []), added])
    }
  }
  return found
}

/** What was sent for a clock before it was carried here; carried again it is not told twice. */
function addCarried(found: Map<string, SubmissionView[]>, { clockId, stages }: EventOf<'ClockCarried'>['data']): void {
  for (const { stageId, submissions } of stages) {
    const place = placeOf(clockId, stageId)
    const known = found.get(place) ?? []
    const told = new Set(known.map(submissionPrint))
    found.set(place, [...known, ...submissions.filter((one) => !told.has(submissionPrint(one)))])
  }
}

function submissionPrint({ submittedAt, phase, receipt, recordedAt }: SubmissionView): string {
  return JSON.stringify([submittedAt, phase, receipt, recordedAt])
}
