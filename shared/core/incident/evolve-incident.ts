import type { CommitMeta } from './draft.ts'
import type { EventOf, IncidentEvent } from './events.ts'
import type { IncidentState } from './state.ts'

/** What the head remembers of accounts and of principals each. */
export const MOST_PRINCIPALS = 50

/** @throws Error when the event is not `IncidentOpened`. */
export function openIncident(event: IncidentEvent, meta: CommitMeta): IncidentState {
  if (event.type !== 'IncidentOpened') throw new Error(`incident ${meta.incidentId} starts with ${event.type}`)
  const { title, declaredBy, severity, groupHash, episode, accountId, signalReceivedAt, occurredAt, splitFrom } =
    event.data
  return {
    status: 'open',
    id: meta.incidentId,
    sequence: meta.sequence,
    title,
    declaredBy,
    severity,
    groupHash,
    episode,
    openedAt: meta.at,
    signalReceivedAt,
    occurredAt,
    awarenessAt: null,
    accounts: accountId === null ? [] : [accountId],
    principals: [],
    findingCount: 0,
    lastJoinAt: meta.at,
    seats: [],
    clocks: [],
    facts: { dataCategories: [], residents: [], other: {} },
    clockMessages: [],
    clockDeferredUntil: null,
    refusedChannels: [],
    mergedInto: null,
    absorbed: [],
    linked: splitFrom ? [splitFrom.incidentId] : [],
    unsettled: {},
    lastCommitAt: meta.at,
  }
}

/** Title, severity, findings, open or closed. */
export function evolveIncident(state: IncidentState, event: IncidentEvent, meta: CommitMeta): IncidentState {
  switch (event.type) {
    case 'FindingJoined':
      return namePrincipals(joinFinding(state, event, meta), event)
    case 'FindingUpdated':
      return namePrincipals(state, event)
    case 'SeverityRaised':
      return { ...state, severity: event.data.to, title: event.data.title ?? state.title }
    case 'SeverityLowered':
      return { ...state, severity: event.data.to }
    case 'IncidentClosed':
      return { ...state, status: 'closed', closedAt: meta.at, closedBy: event.data.responderId }
    case 'IncidentReopened':
      return reopen(state)
    default:
      return state
  }
}

function joinFinding(state: IncidentState, event: EventOf<'FindingJoined'>, meta: CommitMeta): IncidentState {
  const { accountId } = event.data.finding
  return {
    ...state,
    findingCount: state.findingCount + 1,
    lastJoinAt: meta.at,
    accounts: with1(state.accounts, accountId, MOST_PRINCIPALS),
  }
}

/** A finding of long ago has at most one name. */
function namePrincipals(state: IncidentState, { data }: EventOf<'FindingJoined' | 'FindingUpdated'>): IncidentState {
  const { principal, principals = principal === null ? [] : [principal] } = data.finding
  const named = principals.reduce((known, one) => with1(known, one, MOST_PRINCIPALS), state.principals)
  return named === state.principals ? state : { ...state, principals: named }
}

export function with1(list: readonly string[], entry: string, most: number): readonly string[] {
  return list.includes(entry) || list.length >= most ? list : [...list, entry]
}

function reopen(state: IncidentState): IncidentState {
  if (state.status === 'open') return state
  const { closedAt: _at, closedBy: _by, ...rest } = state
  return { ...rest, status: 'open' }
}
