import type { DataCategory, ResponderId, Role } from '../directory/directory.ts'
import type { PrincipalText } from '../findings/principal.ts'
import type { IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { Of, StageDeadline, StageStatus, SubmissionPhase } from './event-parts.ts'

/** What one incident takes over when another is merged into it, as that one stood then; its clocks follow apart. */
export interface Carried {
  readonly title: string
  readonly severity: IncidentSeverity
  readonly signalReceivedAt: Instant
  readonly occurredAt: Instant | null
  readonly awarenessAt: Instant | null
  readonly accounts: readonly string[]
  readonly principals: readonly PrincipalText[]
  readonly refusedChannels: readonly string[]
  readonly facts: {
    readonly dataCategories: readonly DataCategory[]
    readonly residents: readonly string[]
    /** Fingerprints by name. */
    readonly other: Readonly<Record<string, string>>
  }
  readonly lastJoinAt: Instant
  readonly seats: readonly {
    readonly role: Role
    readonly holder: ResponderId | null
    readonly acting: boolean
    readonly silent: boolean
  }[]
  /** What it had absorbed itself. */
  readonly absorbed: readonly { readonly id: string; readonly upTo: number }[]
  readonly linked: readonly string[]
}
/** This incident has taken over another, which goes on calling until it points here. */
type IncidentAbsorbed = Of<
  'IncidentAbsorbed',
  Carried & {
    readonly incidentId: string
    /** Its last commit by then. */
    readonly upTo: number
    /** By which it is known whether it has changed since. */
    readonly print: string
    readonly responderId: ResponderId
    readonly note: string
    /** `added`: those that this incident did not have. */
    readonly findings: { readonly distinct: number; readonly added: number }
  }
>
/** This incident lives on in another: it calls nobody any more. */
type IncidentMerged = Of<
  'IncidentMerged',
  { readonly into: string; readonly responderId: ResponderId; readonly note: string }
>
/** A clock of an absorbed incident, as it counts here from now on. */
type ClockCarried = Of<
  'ClockCarried',
  {
    readonly clockId: string
    readonly obligationId: string
    readonly obligationVersion: number
    readonly entityId: string
    readonly role: 'controller' | 'processor' | 'joint'
    readonly status: 'provisional' | 'confirmed' | 'not-notifiable' | 'withdrawn'
    readonly from: { readonly incidentId: string; readonly clockId: string }
    readonly stages: readonly (StageDeadline & {
      readonly status: StageStatus
      readonly warned: number
      readonly lastSubmission: string | null
      /** The other incident's; its record has them too. */
      readonly submissions: readonly CarriedSubmission[]
    })[]
  }
>
export interface CarriedSubmission {
  readonly submittedAt: Instant
  readonly phase: SubmissionPhase
  readonly receipt: string | null
  readonly responderId: ResponderId
  readonly recordedAt: Instant
  readonly noteId: string | null
}
/** These findings have an incident of their own now. */
type FindingsSplitOff = Of<
  'FindingsSplitOff',
  {
    readonly incidentId: string
    readonly findings: readonly string[]
    /** Of those that stay. */
    readonly accounts: readonly string[]
    readonly responderId: ResponderId
    readonly note: string
  }
>
/** Two incidents are shown together and stay apart: only people merge. */
type IncidentsLinked = Of<
  'IncidentsLinked',
  { readonly incidentId: string; readonly because: 'shared-indicator'; readonly indicators: readonly string[] }
>

/** What people have merged, split off, or what is shown together. */
export type MergingEvent = IncidentAbsorbed | IncidentMerged | ClockCarried | FindingsSplitOff | IncidentsLinked
