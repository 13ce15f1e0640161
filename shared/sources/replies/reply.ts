import type * as z from 'zod'
import type { Instant } from '../../core/time/instant.ts'
import type { Segment } from '../parsed.ts'

/**
 * What a provider's event says of a message that it had accepted:
 * `refused`: its channel never works, such as a dead number; `failed`: this message did not arrive; `noted`: neither.
 */
export type ReceiptMeaning = 'noted' | 'failed' | 'refused'

/** What became of a message, as its provider tells; without any contact data. */
export interface Receipt {
  readonly kind: 'receipt'
  /** The same for each delivery of one event, and for no other event of that message. */
  readonly id: string
  readonly effectId: string
  /** The provider's own words, such as `Bounce Permanent General`. */
  readonly type: string
  readonly meaning: ReceiptMeaning
  /** By the provider's clock. */
  readonly at: Instant
}

/** A text that somebody sent to Muster's number. */
export interface IncomingText {
  readonly kind: 'text'
  readonly id: string
  /** The sender's number: contact data, never logged. */
  readonly from: string
  readonly body: string
}

export type Reply = Receipt | IncomingText

export type ParsedReply =
  | { readonly ok: true; readonly reply: Reply }
  | {
      readonly ok: false
      /** Where each fault is and what was expected there; never what was found. */
      readonly faults: readonly { readonly path: readonly Segment[]; readonly expected: string }[]
    }

export function unreadable(error: z.ZodError): ParsedReply {
  const faults = error.issues.map(({ path, message }) => ({
    path: path.map((segment) => (typeof segment === 'number' ? segment : String(segment))),
    expected: message,
  }))
  return { ok: false, faults }
}
