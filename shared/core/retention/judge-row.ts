import { type Instant, plusSeconds } from '../time/instant.ts'
import { RETENTION, type SweptKind } from './retention.ts'

/** A row that has an end, as far as its end depends on it. */
export interface SweptRow {
  readonly kind: SweptKind
  /** When it last meant something; null where only its incident says. */
  readonly lastAt: Instant | null
  /** The incident that it belongs to; null for a row that stands for itself. */
  readonly incidentId: string | null
}

export type RowVerdict = 'keep' | 'delete'

const DAY_SECONDS = 24 * 3600
/** Other texts cannot be compared as text: a year of five digits begins with a sign. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** What the row alone says; whether it may go that belongs to an incident is for `judgeWithIncident`. */
export function judgeRow({ kind, lastAt, incidentId }: SweptRow, now: Instant): RowVerdict | 'ask-incident' {
  if (lastAt === null && incidentId === null) return 'keep'
  if (lastAt !== null && !isOver(kind, lastAt, now)) return 'keep'
  return incidentId === null ? 'delete' : 'ask-incident'
}

/** @param restsSince since when the row's incident has been at rest; null while it is not, or where nobody can tell. */
export function judgeWithIncident(kind: SweptKind, restsSince: Instant | null, now: Instant): RowVerdict {
  return restsSince !== null && isOver(kind, restsSince, now) ? 'delete' : 'keep'
}

function isOver(kind: SweptKind, at: Instant, now: Instant): boolean {
  return INSTANT.test(at) && now >= plusSeconds(at, RETENTION[kind].days * DAY_SECONDS)
}
