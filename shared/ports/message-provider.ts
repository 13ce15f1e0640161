import type { MessageKind } from '../core/incident/event-parts.ts'
import type { Instant } from '../core/time/instant.ts'

/** One seat that a message calls for, with the link that takes it. */
export interface MessageSeat {
  readonly role: string
  /** Why this person is called; null for a check-in. */
  readonly reason: string | null
  readonly acknowledgeUrl: string
  /** The two digits that an e-mail's page asks for; null on other channels. */
  readonly code: string | null
  /** The four digits that take the seat in a text sent back; null where none do. */
  readonly replyCode: string | null
}

export interface OutgoingMessage {
  /** Also the provider's idempotency token, where it takes one. */
  readonly effectId: string
  readonly kind: MessageKind
  readonly channel: string
  /** Contact data: never logged. */
  readonly to: string
  readonly subject: string
  readonly text: string
  /** The same for channels that show a page: e-mail. */
  readonly html: string
  readonly responderId: string
  readonly incidentId: string
  readonly incidentUrl: string
  readonly seats: readonly MessageSeat[]
  readonly at: Instant
}

export type ProviderAnswer =
  | { readonly status: 'accepted'; readonly providerId: string }
  /** For good: a landline, a suppressed address. */
  | { readonly status: 'refused'; readonly detail: string }

/** Rejects with `TransientFault` when the outcome is unknown or the provider asks to come back. */
export interface MessageProvider {
  send(message: OutgoingMessage): Promise<ProviderAnswer>
}
