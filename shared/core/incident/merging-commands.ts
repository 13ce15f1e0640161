import type { ResponderId } from '../directory/directory.ts'
import type { CarriedSubmission } from './merging-events.ts'
import type { IncidentState } from './state.ts'

/** Takes over another incident, which is to point here afterwards. */
export interface AbsorbIncident {
  readonly type: 'AbsorbIncident'
  readonly from: IncidentState
  /** Those of its findings that this incident does not have. */
  readonly newFindings: number
  readonly clocks: readonly ClockHistory[]
  readonly responderId: ResponderId
  readonly note: string
}

/** What an incident's record says of one of its clocks beside its state. */
export interface ClockHistory {
  readonly clockId: string
  readonly obligationVersion: number
  readonly stages: readonly {
    readonly id: string
    readonly steps: readonly string[]
    readonly submissions: readonly CarriedSubmission[]
  }[]
}

/** Points to the incident that has absorbed this one. */
export interface MergeIncident {
  readonly type: 'MergeIncident'
  readonly into: string
  /** Of what was absorbed: refused with `Conflict` when more has happened since. */
  readonly print: string
  readonly responderId: ResponderId
  readonly note: string
}

/** Lets go of findings that another incident has by now. */
export interface SplitOffFindings {
  readonly type: 'SplitOffFindings'
  readonly incidentId: string
  readonly findings: readonly string[]
  readonly accounts: readonly string[]
  readonly responderId: ResponderId
  readonly note: string
}

export interface LinkIncident {
  readonly type: 'LinkIncident'
  readonly incidentId: string
  readonly indicators: readonly string[]
}

export type MergingCommand = AbsorbIncident | MergeIncident | SplitOffFindings | LinkIncident
