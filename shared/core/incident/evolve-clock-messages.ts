import { plusSeconds } from '../time/instant.ts'
import type { CommitMeta } from './draft.ts'
import type { EventOf } from './events.ts'
import type { ClockMessage, IncidentState, Stage } from './state.ts'

/** For this long a channel that failed is not tried again, unless nobody else can be told. */
export const CLOCK_MESSAGES_KEPT_SECONDS = 3_600
/** So many are remembered; when so many have failed within the hour, nobody can be told for a while. */
export const MOST_CLOCK_MESSAGES = 8

interface Mark {
  readonly clockId: string
  readonly stageId: string
  readonly warned: number
}

/** A message about clocks was asked for: the stages that it names have their warnings behind them. */
export function noteClockMessage(
  state: IncidentState,
  { data }: EventOf<'ClockWarned'>,
  meta: CommitMeta,
): IncidentState {
  const { effectId, responderId, channelId } = data
  const before = data.stages.map(({ clockId, stageId }) => ({
    clockId,
    stageId,
    warned: warned(state, clockId, stageId),
  }))
  const added: ClockMessage = { effectId, responderId, channelId, requestedAt: meta.at, failed: false, before }
  const recent = state.clockMessages.filter(
    ({ requestedAt }) => plusSeconds(requestedAt, CLOCK_MESSAGES_KEPT_SECONDS) > meta.at,
  )
  const clockMessages = [...recent, added].slice(-MOST_CLOCK_MESSAGES)
  return { ...mark(state, data.stages, (_stage, count) => count), clockDeferredUntil: null, clockMessages }
}

/**
 * A message that did not arrive warned nobody: its stages are as before it, and due at once on the next channel. Those
 * that a later message names, which is not known to have failed, were warned of all the same.
 */
export function noteClockFailure(state: IncidentState, { data }: EventOf<'MessageFailed'>): IncidentState {
  const message = state.clockMessages.find(({ effectId }) => effectId === data.effectId)
  if (message === undefined || message.failed) return state
  const clockMessages = state.clockMessages.map((other) => (other === message ? { ...other, failed: true } : other))
  const later = clockMessages.slice(state.clockMessages.indexOf(message) + 1).filter(({ failed }) => !failed)
  const unwarned = message.before.filter((mark) => !later.some(({ before }) => before.some(isSameStage(mark))))
  const restored = mark(state, unwarned, (stage, count) => Math.min(stage.warned, count))
  return { ...restored, clockDeferredUntil: null, clockMessages }
}

/** When everybody's channels have failed, the next attempt starts again with the first. */
export function nothingToTry(state: IncidentState, { data }: EventOf<'ClockWarningDeferred'>): IncidentState {
  if (data.because !== 'nobody-to-tell') return state
  return { ...state, clockMessages: state.clockMessages.filter(({ failed }) => !failed) }
}

function isSameStage(mark: Mark): (other: Mark) => boolean {
  return ({ clockId, stageId }) => clockId === mark.clockId && stageId === mark.stageId
}

function warned(state: IncidentState, clockId: string, stageId: string): number {
  const clock = state.clocks.find(({ id }) => id === clockId)
  return clock?.stages.find(({ id }) => id === stageId)?.warned ?? 0
}

function mark(
  state: IncidentState,
  marks: readonly Mark[],
  change: (stage: Stage, count: number) => number,
): IncidentState {
  const clocks = state.clocks.map((clock) => ({
    ...clock,
    stages: clock.stages.map((stage) => {
      const named = marks.find(({ clockId, stageId }) => clockId === clock.id && stageId === stage.id)
      return named ? { ...stage, warned: change(stage, named.warned) } : stage
    }),
  }))
  return { ...state, clocks }
}
