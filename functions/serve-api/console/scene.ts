import type { ClockView } from '../../../shared/app/clock-views.ts'
import type { NextCall } from '../../../shared/app/next-calls.ts'
import type { IncidentState } from '../../../shared/core/incident/state.ts'
import type { Instant } from '../../../shared/core/time/instant.ts'
import type { Naming } from './naming.ts'
import type { RecordStep } from './record-step.ts'

/** A message that would have left this machine; only the local outbox has such. */
export interface LocalMessage {
  readonly id: string
  readonly at: Instant
  readonly kind: string
  readonly channel: string
  readonly to: string
  readonly subject: string
  readonly responderId: string
  readonly incidentId: string
  readonly role: string | null
  readonly links: { readonly acknowledge: string | null; readonly code: string | null }
}

/** One incident with everything that the screen says of it. */
export interface IncidentScene {
  readonly state: IncidentState
  /** Its whole record, oldest first. */
  readonly steps: readonly RecordStep[]
  readonly clocks: readonly ClockView[]
  /** Of the seats that are being called for. */
  readonly next: readonly NextCall[]
}

/** What the screen is drawn from. */
export interface Scene {
  /** Where this screen was asked for: `http://127.0.0.1:8787`. */
  readonly origin: string
  readonly now: Instant
  readonly naming: Naming
  /** Newest first. */
  readonly open: readonly IncidentScene[]
  /** Newest first. */
  readonly closed: readonly IncidentScene[]
  /** Whether there are more than are shown. */
  readonly isMore: boolean
  /** Who would be called if a SEV1 opened now; read only while nothing is open. */
  readonly callsForNew: readonly NextCall[]
  /** Null where messages really leave. */
  readonly messages: readonly LocalMessage[] | null
}
