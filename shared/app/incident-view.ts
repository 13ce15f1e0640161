import type { Obligation } from '../core/clocks/obligation.ts'
import type { Directory } from '../core/directory/directory.ts'
import { type IncidentState, type Seat, type SeatStatus, seatStatus } from '../core/incident/state.ts'
import type { IncidentSeverity } from '../core/severity/severity.ts'
import type { Instant } from '../core/time/instant.ts'
import { type ClockView, clockViews } from './clock-views.ts'
import type { Commit } from './rows/commit-row.ts'
import { type AttemptView, seatAttempts } from './seat-attempts.ts'

export interface SeatSummary {
  readonly role: string
  readonly status: SeatStatus
  readonly holder: string | null
  readonly acting: boolean
}

export interface SeatView extends SeatSummary {
  readonly attempts: readonly AttemptView[]
}

/** What is said of an incident wherever it is named. */
export interface IncidentFacts {
  readonly id: string
  readonly title: string
  readonly severity: IncidentSeverity
  readonly status: 'open' | 'closed'
  readonly openedAt: Instant
  readonly signalReceivedAt: Instant
  readonly awarenessAt: Instant | null
  readonly closedAt: Instant | null
  readonly closedBy: string | null
  readonly accounts: readonly string[]
  readonly findings: { readonly distinct: number }
  /** The incident that this one lives on in; null while it stands for itself. */
  readonly mergedInto: string | null
  /** Incidents that live on in this one. */
  readonly absorbed: readonly string[]
  /** Incidents that are shown together with this one. */
  readonly linked: readonly string[]
}

/** One incident, as `GET /v1/incidents/{id}` answers it. */
export interface IncidentView extends IncidentFacts {
  readonly seats: readonly SeatView[]
  readonly clocks: readonly ClockView[]
}

/** @param commits all of the incident's, in order: attempts and submissions are read from them. */
export function incidentView(
  state: IncidentState,
  commits: readonly Commit[],
  directory: Directory,
  obligations: readonly Obligation[],
): IncidentView {
  const attempts = seatAttempts(commits, directory)
  return {
    ...incidentFacts(state),
    seats: state.seats.map((seat) => ({ ...seatSummary(seat), attempts: attempts.get(seat.role) ?? [] })),
    clocks: clockViews(state.clocks, commits, obligations),
  }
}

export function incidentFacts(state: IncidentState): IncidentFacts {
  const { id, title, severity, status, openedAt, signalReceivedAt, awarenessAt, accounts, findingCount } = state
  const closed = state.status === 'closed' ? state : null
  return {
    id,
    title,
    severity,
    status,
    openedAt,
    signalReceivedAt,
    awarenessAt,
    closedAt: closed?.closedAt ?? null,
    closedBy: closed?.closedBy ?? null,
    accounts,
    findings: { distinct: findingCount },
    mergedInto: state.mergedInto,
    absorbed: state.absorbed.map((one) => one.id),
    linked: state.linked,
  }
}

export function seatSummary(seat: Seat): SeatSummary {
  return { role: seat.role, status: seatStatus(seat), holder: seat.holder, acting: seat.acting }
}
