import { clockId } from '../core/clocks/clock-id.ts'
import type { ClockCommand } from '../core/incident/commands.ts'
import type { AnchorName, NoteRef, SubmissionPhase } from '../core/incident/event-parts.ts'
import type { Instant } from '../core/time/instant.ts'
import { type Answered, type Asked, askIncident, type CommandDependencies } from './ask-incident.ts'
import type { DoorDependencies } from './dependencies.ts'
import { prepareNote } from './legal-notes.ts'
import { loadIncident } from './load-incident.ts'

export const CLOCK_ACTIONS = ['confirm', 'not-notifiable', 're-anchor'] as const
export const STAGE_ACTIONS = ['submit', 'hold', 'waive'] as const
export type ClockAction = (typeof CLOCK_ACTIONS)[number] | (typeof STAGE_ACTIONS)[number]

/** What a person decides about a clock, or about one stage of it. */
export interface ClockRequest {
  readonly incidentId: string
  readonly clockId: string
  /** Null: the clock as a whole. */
  readonly stageId: string | null
  readonly action: ClockAction
  readonly responderId: string
  /** Legal text: it goes into the confidential store, never on the record. */
  readonly reason: string | null
  readonly anchor: { readonly name: AnchorName; readonly at: Instant } | null
  /** Null: now. */
  readonly submittedAt: Instant | null
  readonly phase: SubmissionPhase
  readonly receipt: string | null
}

export interface ClockAnswer {
  readonly incidentId: string
  readonly clockId: string
  readonly stageId: string | null
  readonly action: ClockAction
  readonly responderId: string
  /** Where the reason lies; null where none was given. */
  readonly noteId: string | null
}

type Deps = CommandDependencies & Pick<DoorDependencies, 'cipher'>

/**
 * Confirms a clock, decides that it is not notifiable, moves its anchor; submits, holds or waives a stage. The reason is
 * sealed and stored before the commit that has its salted hash. A refused request may leave a sealed note behind, which
 * nothing names. Where the incident was merged, it is the same clock of the one that it lives on in.
 */
export async function decideOnClock(deps: Deps, request: ClockRequest, asked: Asked): Promise<Answered<ClockAnswer>> {
  const answered = await decideHere(deps, request, asked)
  if (answered.ok || answered.reason !== 'Merged') return answered
  const { state } = await loadIncident(deps.table, request.incidentId)
  const clock = state?.clocks.find(({ id }) => id === request.clockId)
  if (clock === undefined) return { ok: false, reason: 'NotFound', what: `clock ${request.clockId}` }
  const incidentId = answered.into
  const carried = clockId(incidentId, clock.obligationId, clock.entityId, clock.role)
  return decideOnClock(deps, { ...request, incidentId, clockId: carried }, asked)
}

async function decideHere(deps: Deps, request: ClockRequest, asked: Asked): Promise<Answered<ClockAnswer>> {
  const { incidentId, clockId: id, stageId, action, responderId, reason } = request
  if (action === 're-anchor' && request.anchor === null) {
    return { ok: false, reason: 'Invalid', field: 'anchor', expected: 'the moment that it counts from: {"name", "at"}' }
  }
  const note = reason === null ? null : prepareNote(deps, incidentId, reason)
  const stagePath = stageId === null ? '' : `/stages/${stageId}`
  return askIncident(deps, asked, {
    incidentId,
    actor: responderId,
    scope: `incidents/${incidentId}/clocks/${id}${stagePath}/${action}`,
    // Not the words: whoever reads the record could try texts against their print.
    sent: { ...request, reason: reason !== null },
    answer: { incidentId, clockId: id, stageId, action, responderId, noteId: note?.ref.noteId ?? null },
    command: async ({ state }) => {
      const isKnown = state?.clocks.some((clock) => clock.id === id)
      if (isKnown) await note?.write()
      return clockCommand(request, note?.ref ?? null, asked.now)
    },
  })
}

function clockCommand(request: ClockRequest, note: NoteRef | null, now: Instant): ClockCommand {
  const { responderId, anchor, action } = request
  const who = { clockId: request.clockId, responderId, note }
  const stageId = request.stageId ?? ''
  switch (action) {
    case 'confirm':
      return { type: 'ConfirmClock', ...who, anchor }
    case 'not-notifiable':
      return { type: 'DeclareNotNotifiable', ...who }
    case 're-anchor':
      return {
        type: 'ReanchorClock',
        ...who,
        stageId: request.stageId,
        anchor: anchor ?? { name: 'awareness', at: now },
      }
    case 'submit': {
      const { submittedAt, phase, receipt } = request
      return { type: 'SubmitStage', ...who, stageId, submittedAt: submittedAt ?? now, phase, receipt }
    }
    case 'waive':
      return { type: 'WaiveStage', ...who, stageId }
    case 'hold':
      return { type: 'HoldStage', ...who, stageId }
  }
}
