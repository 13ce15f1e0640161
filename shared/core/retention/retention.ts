/**
 * The rows that have an end. Everything else is the record and is kept: commits, heads, legal notes, directory versions,
 * group pointers.
 */
export type SweptKind =
  | 'quarantine'
  | 'ignored-finding'
  | 'awaited-signal'
  | 'reply-code'
  | 'incident-finding'
  | 'claim'
  | 'receipt'
  | 'answer'
  | 'let-go-seat'
  | 'indicator'

export interface Retention {
  /** Counted from the row's own last instant, and, where it belongs to an incident, from the moment that came to rest. */
  readonly days: number
  readonly why: string
}

/** A year and a good month: whoever looks back on a year still finds all of it. */
const AFTER_AN_INCIDENT_DAYS = 400
const OF_AN_INCIDENT: Retention = {
  days: AFTER_AN_INCIDENT_DAYS,
  why: 'a repeat, a receipt or a request that comes again is known for as long as anybody may look back on the incident',
}

export const RETENTION: Readonly<Record<SweptKind, Retention>> = {
  quarantine: { days: 90, why: 'time to mend a source and to send again what it could not say' },
  'ignored-finding': { days: 90, why: 'it never paged; what comes again is recorded again' },
  'awaited-signal': { days: 90, why: 'word for a part of an attack that never came; its sequence was long before' },
  'reply-code': {
    days: 31,
    why: 'it can be answered for a day; a month more, so that an old text on a phone fits nothing new',
  },
  'incident-finding': OF_AN_INCIDENT,
  claim: OF_AN_INCIDENT,
  receipt: OF_AN_INCIDENT,
  answer: OF_AN_INCIDENT,
  'let-go-seat': OF_AN_INCIDENT,
  indicator: { days: 31, why: 'incidents further apart than a week are not shown together by it' },
}
