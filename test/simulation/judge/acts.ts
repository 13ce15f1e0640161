import { seatOf } from '../../../shared/core/incident/state.ts'
import { secondsBetween } from '../../../shared/core/time/instant.ts'
import { type Case, eventsOf, type Record, type Violation } from './violation.ts'

/** What people were answered is on the record; and nobody's time to answer ends before it began. */
export function judgeActs(judged: Case): Violation[] {
  return [...judgeAnswers(judged), ...[...judged.records.values()].flatMap((record) => judgeWindows(judged, record))]
}

function judgeAnswers({ played, records }: Case): Violation[] {
  return played.evidence.people.flatMap(({ incidentId, key, command, status }) => {
    if (status !== 'committed') return []
    const commits = records.get(incidentId)?.commits ?? []
    if (commits.some(({ commit }) => commit.causes.some(({ id }) => id === key))) return []
    return [{ invariant: 'an answered act is recorded' as const, incidentId, detail: `${command.type} ${key}` }]
  })
}

/** Whoever is passed over because the time was up had it, from the moment a provider took their page. */
function judgeWindows({ played }: Case, record: Record): Violation[] {
  const { accepted } = played.evidence
  return eventsOf(record).flatMap(({ event, commit, seen }) => {
    if (event.type !== 'AttemptEnded' || event.data.reason !== 'WindowElapsed') return []
    const { role, responderId } = event.data
    const before = record.states[commit.sequence - 2]
    const window = before === undefined ? 0 : (seatOf(before, role)?.ackWithinSeconds ?? 0)
    const hadIt = accepted.some(
      ({ message, roles, at, realMs }) =>
        message.incidentId === record.incidentId &&
        message.responderId === responderId &&
        roles.includes(role) &&
        realMs <= seen.realMs &&
        secondsBetween(at, commit.at) >= window,
    )
    if (hadIt) return []
    const detail = `${responderId} for ${role} at ${commit.sequence}, before ${window} s were over`
    return [{ invariant: 'nobody is passed over early' as const, incidentId: record.incidentId, detail }]
  })
}
