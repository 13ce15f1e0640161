import { carriedPrint } from '../../../shared/core/incident/carried.ts'
import type { EventOf } from '../../../shared/core/incident/events.ts'
import type { Clock, IncidentState, Stage } from '../../../shared/core/incident/state.ts'
import type { SeenCommit } from '../world/evidence.ts'
import { type Case, commitsBy, eventsOf, type Record, type Violation } from './violation.ts'

/** People merge: what ends is known to what goes on before it points there, nothing of it is lost, and it calls nobody. */
export function judgeMerges(judged: Case): Violation[] {
  return [...judgeAnswers(judged), ...[...judged.records.values()].flatMap((record) => judgeRecord(judged, record))]
}

function judgeAnswers({ played, records }: Case): Violation[] {
  return played.evidence.merges.flatMap(({ incidentId, into }) => {
    const state = records.get(incidentId)?.states.at(-1)
    const isKnown = state?.mergedInto != null || records.get(into)?.states.at(-1)?.status === 'closed'
    return isKnown ? [] : [lost(incidentId, `said to be merged into ${into}, and is not`)]
  })
}

function judgeRecord(judged: Case, record: Record): Violation[] {
  const merged = eventsOf(record).find(({ event }) => event.type === 'IncidentMerged')
  if (merged === undefined) return judgeBegun(judged, record)
  const { into } = (merged.event as EventOf<'IncidentMerged'>).data
  const target = judged.records.get(into)
  const before = record.states[merged.commit.sequence - 2]
  const after = target?.states[commitsBy(target, merged.seen.order) - 1]
  if (target === undefined || before === undefined || after === undefined) {
    return [lost(record.incidentId, `points to ${into}, which is not there`)]
  }
  return [...judgeCarried(judged, record, before, after), ...judgeSilence(judged, record, merged.seen)]
}

/** At the end every merge that was begun is finished, unless the other was closed before it knew of everything. */
function judgeBegun({ records }: Case, { incidentId, states }: Record): Violation[] {
  const absorber = [...records.values()].find(({ states: [...all] }) =>
    all.at(-1)?.absorbed.some(({ id, via }) => id === incidentId && via === null),
  )
  const isOver = absorber?.states.at(-1)?.status === 'closed'
  if (absorber === undefined || isOver || states.at(-1)?.status === 'closed') return []
  return [lost(incidentId, `absorbed by ${absorber.incidentId}, and never points there`)]
}

function judgeCarried({ records }: Case, record: Record, before: IncidentState, after: IncidentState): Violation[] {
  const { incidentId } = record
  const entry = after.absorbed.find(({ id }) => id === incidentId)
  if (entry?.print !== carriedPrint(before)) return [lost(incidentId, `${after.id} did not know of it as it ended`)]
  const target = records.get(after.id)
  const carriedAt = target?.states.find((state) => state.absorbed.some(({ print }) => print === entry.print))
  const clocks = before.clocks.filter((clock) => carriedAt !== undefined && !counts(clock, carriedAt))
  const accounts = before.accounts.filter((account) => !after.accounts.includes(account))
  return [
    ...clocks.map(({ id }) => lost(incidentId, `its clock ${id} does not count on`)),
    ...accounts.map((account) => lost(incidentId, `its account ${account} is not there`)),
    ...(after.findingCount >= before.findingCount ? [] : [lost(incidentId, 'findings are missing')]),
  ]
}

/** Whatever a clock still asks for is asked for where it goes on, and no later. */
function counts(clock: Clock, { clocks }: IncidentState): boolean {
  const other = clocks.find(
    ({ obligationId, entityId, role }) =>
      obligationId === clock.obligationId && entityId === clock.entityId && role === clock.role,
  )
  if (other === undefined) return false
  if (!isCounting(clock)) return true
  return clock.stages.filter(isOpen).every((stage) => {
    const same = other.stages.find(({ id }) => id === stage.id)
    if (same === undefined || !isCounting(other) || !isOpen(same)) return false
    return stage.safeDueAt === null || (same.safeDueAt !== null && same.safeDueAt <= stage.safeDueAt)
  })
}

const isCounting = ({ status }: Clock) => status === 'provisional' || status === 'confirmed'
const isOpen = ({ status }: Stage) => status !== 'submitted' && status !== 'waived'

/** Whoever read it after it had ended sends nothing for it. */
function judgeSilence({ played }: Case, { incidentId }: Record, merged: SeenCommit): Violation[] {
  return played.evidence.accepted
    .filter(({ message, readFrom }) => message.incidentId === incidentId && readFrom >= merged.order)
    .map(({ message }): Violation => {
      const detail = `${message.kind} ${message.effectId} to ${message.responderId}`
      return { invariant: 'a merged incident is silent', incidentId, detail }
    })
}

function lost(incidentId: string, detail: string): Violation {
  return { invariant: 'nothing is lost by merging', incidentId, detail }
}
