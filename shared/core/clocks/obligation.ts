import type { DataCategory } from '../directory/directory.ts'
import type { AnchorName } from '../incident/event-parts.ts'

/** A period in hours. They are elapsed hours, never moved by weekends or holidays. */
export interface HoursDeadline {
  readonly amount: number
  readonly unit: 'hours'
  /** Reg. (EEC, Euratom) 1182/71 Art. 3(1): the hour of the event is not counted, the period starts at the next full hour. */
  readonly hourExcluded: boolean
}

export type DeadlineRule = HoursDeadline

/** One step of the duty, with its own deadline. */
export interface ObligationStage {
  readonly id: string
  readonly what: string
  /** The moment that the deadline counts from. */
  readonly anchor: AnchorName
  readonly deadline: DeadlineRule
}

/** What an account must hold, and of whom, for the duty to concern it. */
export interface Concerns {
  readonly dataCategories: readonly DataCategory[]
  /** ISO 3166 codes or `EU`, which stands for every country of the EU and the EEA. */
  readonly residents: readonly string[]
}

/** One legal, regulatory or contractual duty to notify, as data with its citation. */
export interface Obligation {
  /** URL-safe. */
  readonly id: string
  /** Counts up with each change of the entry. */
  readonly version: number
  readonly name: string
  readonly citation: string
  readonly authority: string
  /** In which role a legal entity has the duty. */
  readonly who: 'controller' | 'processor'
  readonly recipients: readonly string[]
  readonly concerns: Concerns
  readonly stages: readonly ObligationStage[]
  /** What must be true of the event; people judge it. */
  readonly thresholds: readonly string[]
  /** What the notification must say. */
  readonly content: readonly string[]
  /** `YYYY-MM-DD`; null while it is not in force. */
  readonly inForceSince: string | null
  readonly confidence: 'high' | 'medium' | 'low'
  /** How the entry was checked. */
  readonly verification: 'seen-secondary' | 'partly-seen' | 'memory-only'
  /** What is not settled, in plain sentences. */
  readonly doubtful: readonly string[]
  /** False: a suggestion until Legal Counsel adopts it. */
  readonly adoptedByDefault: boolean
  /** Not law yet: never starts a clock. */
  readonly pending: boolean
}

/** What is wrong with a catalogue, a plain sentence each; empty when it can be used. */
export function obligationErrors(obligations: readonly Obligation[]): readonly string[] {
  const ids = obligations.map(({ id }) => id)
  const twice = repeated(ids).map((id) => `obligation ${id} stands twice`)
  return [...twice, ...obligations.flatMap(errorsOf)]
}

function errorsOf(obligation: Obligation): readonly string[] {
  const { id, version, citation, stages, inForceSince, pending, adoptedByDefault, verification } = obligation
  const findings: readonly (readonly [boolean, string])[] = [
    [!isUrlSafe(id), 'the id must be letters, digits and dashes'],
    [!isCount(version), 'the version must be a whole number from 1'],
    [citation === '', 'the citation is missing'],
    [stages.length === 0, 'it has no stage'],
    [inForceSince !== null && !/^\d{4}-\d{2}-\d{2}$/.test(inForceSince), 'inForceSince must be YYYY-MM-DD or null'],
    [inForceSince === null && !pending, 'what is not in force must be pending'],
    [pending && adoptedByDefault, 'pending law is not adopted by default'],
    [verification === 'memory-only' && adoptedByDefault, 'what rests on memory only is not adopted by default'],
    ...repeated(stages.map((stage) => stage.id)).map((stage) => [true, `stage ${stage} stands twice`] as const),
    ...stages
      .filter((stage) => !isUrlSafe(stage.id))
      .map(() => [true, 'a stage id must be letters, digits and dashes'] as const),
    ...stages
      .filter((stage) => !isCount(stage.deadline.amount))
      .map((stage) => [true, `the hours of stage ${stage.id} must be a whole number from 1`] as const),
  ]
  return findings.filter(([wrong]) => wrong).map(([, why]) => `obligation ${id}: ${why}`)
}

function isUrlSafe(id: string): boolean {
  return /^[a-z0-9][a-z0-9-]*$/.test(id)
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1
}

function repeated(ids: readonly string[]): readonly string[] {
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))]
}
