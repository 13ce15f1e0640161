import type { EventOf, IncidentEvent } from '../../../shared/core/incident/events.ts'
import type { IncidentState, Stage } from '../../../shared/core/incident/state.ts'
import { warningAt } from '../../../shared/core/incident/warning-times.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { type Case, eventsOf, type Record, type Violation } from './violation.ts'

/** One message in 15 minutes, and some time on its way. */
const WARNED_WITHIN_SECONDS = 900 + 120

/** Each threshold that was reached gave a message that a provider took. */
export function judgeClocks({ played, records }: Case): Violation[] {
  const until = plusSeconds(played.town.world.now(), -WARNED_WITHIN_SECONDS)
  return [...records.values()].flatMap((record) => {
    const state = record.states.at(-1)
    const running = state === undefined ? [] : runningStages(state)
    return running.flatMap(({ clockId, stage }) =>
      thresholds(record, clockId, stage, until)
        .filter((at) => !played.evidence.accepted.some((one) => isWarning(one, record.incidentId, at)))
        .map(
          (at): Violation => ({
            invariant: 'every stage warned',
            incidentId: record.incidentId,
            detail: `${clockId} ${stage.id} at ${at}`,
          }),
        ),
    )
  })
}

/** Those of a merged incident count on where it went. */
function runningStages(state: IncidentState): { clockId: string; stage: Stage }[] {
  if (state.mergedInto !== null) return []
  return state.clocks
    .filter(({ status }) => status === 'provisional' || status === 'confirmed')
    .flatMap((clock) => clock.stages.map((stage) => ({ clockId: clock.id, stage })))
    .filter(({ stage }) => stage.status === 'running' || stage.status === 'missed')
}

/** Those that were reached in time to be told: the start of the clock, and what came after the stage was moved last. */
function thresholds(record: Record, clockId: string, stage: Stage, until: string): string[] {
  const moves = eventsOf(record).filter(({ event }) => isMove(event) && event.data.clockId === clockId)
  const [startedAt, movedAt] = [moves[0]?.commit.at, moves.at(-1)?.commit.at]
  if (startedAt === undefined || movedAt === undefined || startedAt > until) return []
  const reached = [startedAt]
  for (let index = 0; ; index += 1) {
    const at = warningAt(stage, index)
    if (at === null || at > until) return reached
    if (at > movedAt) reached.push(at)
  }
}

function isMove(event: IncidentEvent): event is EventOf<'ClockStarted' | 'ClockCarried' | 'StageReanchored'> {
  return event.type === 'ClockStarted' || event.type === 'ClockCarried' || event.type === 'StageReanchored'
}

/** A text that left a little before its threshold by its own time does not count; after it, whenever it does. */
function isWarning(
  { message, at: acceptedAt }: Case['played']['evidence']['accepted'][number],
  incidentId: string,
  at: string,
): boolean {
  return message.kind === 'clock' && message.incidentId === incidentId && acceptedAt >= at
}
