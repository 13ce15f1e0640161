import type { Instant } from '../core/time/instant.ts'

/** The instants that a provider gives, each of which events in the field may leave out or write unreadably. */
export interface GivenTimes {
  readonly firstSeenAt: Instant | undefined
  readonly lastSeenAt: Instant | undefined
  readonly createdAt: Instant | undefined
  readonly updatedAt: Instant | undefined
  /** The envelope's own time, the last resort. */
  readonly eventAt: Instant | undefined
}

export interface Times {
  readonly firstSeenAt: Instant
  readonly lastSeenAt: Instant
  readonly updatedAt: Instant
}

/** What is missing is taken from what says nearly the same; null when nothing can be read. */
export function timesFrom(given: GivenTimes): Times | null {
  const { firstSeenAt, lastSeenAt, createdAt } = given
  const updatedAt = given.updatedAt ?? lastSeenAt ?? createdAt ?? firstSeenAt ?? given.eventAt
  if (updatedAt === undefined) return null
  return {
    firstSeenAt: firstSeenAt ?? createdAt ?? lastSeenAt ?? updatedAt,
    lastSeenAt: lastSeenAt ?? updatedAt,
    updatedAt,
  }
}
