import type { IncidentSeverity } from '../severity/severity.ts'
import type { Instant } from '../time/instant.ts'
import type { FindingRules } from './finding-rules.ts'

/** Roles that Muster knows by itself; users add their own slugs. */
export const INCIDENT_COMMANDER = 'incident-commander'
export const LEGAL_COUNSEL = 'legal-counsel'

/** A seat to be filled on one incident: a kebab-case slug. */
export type Role = string
export type ResponderId = string

export interface Channel {
  readonly id: string
  /** `email`, `sms`, `voice`, `slack`, `teams`, `webhook`, … */
  readonly kind: string
  readonly address: string
  readonly verified: boolean
}

/** A span in which someone can't be called, half-open: `[from, until)`. */
export interface Absence {
  readonly from: Instant
  readonly until: Instant
  readonly deputy: ResponderId | null
}

export interface Responder {
  readonly id: ResponderId
  readonly name: string
  /** IANA zone, e.g. `Europe/Berlin`. */
  readonly zone: string
  readonly roles: readonly Role[]
  /** Agreed to be called when not on duty (widening). */
  readonly offDutyCalls: boolean
  /** In the order in which they are tried. */
  readonly channels: readonly Channel[]
  readonly absences: readonly Absence[]
  /** Wall-clock `HH:MM` in the responder's zone; may cross midnight. */
  readonly quietHours: { readonly from: string; readonly until: string } | null
  readonly leavesAt: Instant | null
  /**
   * AWS principals of this person: ARNs of users, sessions or roles, principal ids, or user names. A role says only that
   * they act by it, as others may: see `isSamePrincipal`.
   */
  readonly principals: readonly string[]
}

export interface Override {
  readonly responder: ResponderId
  readonly from: Instant
  readonly until: Instant
}

export interface Rotation {
  readonly id: string
  readonly zone: string
  /** Wall-clock start of the first shift in `zone`, e.g. `2027-03-01T09:00`. */
  readonly startsAt: string
  /** ISO 8601 duration of whole days or weeks (or hours), added on the wall clock. */
  readonly every: string
  readonly responders: readonly ResponderId[]
  readonly overrides: readonly Override[]
}

export type Candidate = { readonly rotation: string } | { readonly responder: ResponderId }

export interface SeatPolicy {
  readonly role: Role
  readonly ackWithinSeconds: number
  readonly candidates: readonly Candidate[]
}

export interface MusterPolicy {
  readonly severity: IncidentSeverity
  readonly checkInAfterSeconds: number
  readonly seats: readonly SeatPolicy[]
}

export const DATA_CATEGORIES = [
  'personal',
  'special-category',
  'health',
  'payment-card',
  'financial-account',
  'government-id',
  'credentials',
  'children',
  'communications',
  'none',
] as const
export type DataCategory = (typeof DATA_CATEGORIES)[number]

export interface LegalEntity {
  readonly id: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly classes: readonly string[]
}

export interface AccountProfile {
  /** Twelve digits, or `*` for the default. */
  readonly id: string
  readonly name: string
  readonly environment: string
  readonly dataCategories: readonly DataCategory[]
  /** ISO 3166 codes (with subdivision: `US-CA`) or `EU`. */
  readonly residents: readonly string[]
  readonly sector: string | null
  readonly entities: readonly LegalEntity[]
}

/** Who can be called, in which order, and what the accounts hold: one immutable version. */
export interface Directory {
  /** The version of the file's format. */
  readonly version: 1
  readonly responders: readonly Responder[]
  readonly rotations: readonly Rotation[]
  readonly policies: readonly MusterPolicy[]
  readonly accounts: readonly AccountProfile[]
  /** Versions of long ago have none. */
  readonly findings?: FindingRules
}

/** As it is before the first one is imported. */
export const EMPTY_DIRECTORY: Directory = { version: 1, responders: [], rotations: [], policies: [], accounts: [] }

export function findResponder(directory: Directory, id: ResponderId): Responder | undefined {
  return directory.responders.find((responder) => responder.id === id)
}

export function policyFor(directory: Directory, severity: IncidentSeverity): MusterPolicy | undefined {
  return directory.policies.find((policy) => policy.severity === severity)
}

/** The profile of an account, else the default `*`, else null. */
export function profileOf(directory: Directory, accountId: string): AccountProfile | null {
  const named = (id: string) => directory.accounts.find((account) => account.id === id)
  return named(accountId) ?? named('*') ?? null
}

/** `[from, until)`. */
export function spanHolds(span: { from: Instant; until: Instant }, at: Instant): boolean {
  return span.from <= at && at < span.until
}

export function absenceAt(responder: Responder, at: Instant): Absence | null {
  return responder.absences.find((absence) => spanHolds(absence, at)) ?? null
}

export function hasLeft(responder: Responder, at: Instant): boolean {
  return responder.leavesAt !== null && responder.leavesAt <= at
}
