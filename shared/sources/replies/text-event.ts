import * as z from 'zod'
import { type ParsedReply, type ReceiptMeaning, unreadable } from './reply.ts'
import { effectId, id, milliseconds, word } from './reply-fields.ts'

/** An event of End User Messaging SMS; the numbers in it are passed over. */
const textEvent = z.object({
  eventType: word,
  eventTimestamp: milliseconds,
  isFinal: z.boolean('whether it is the last event').optional(),
  messageId: id,
  messageStatus: word.optional().catch(undefined),
  messageStatusDescription: z.string().max(1024).optional().catch(undefined),
  context: z.object({ effectId }, 'the context that the text was sent with'),
})
type TextEvent = z.output<typeof textEvent>

/** The text did not arrive, which says nothing of the number for good: phones are off, carriers block what they like. */
const FAILURES = new Set([
  'TEXT_BLOCKED',
  'TEXT_CARRIER_BLOCKED',
  'TEXT_CARRIER_UNREACHABLE',
  'TEXT_INVALID_MESSAGE',
  'TEXT_PROTECT_BLOCKED',
  'TEXT_SPAM',
  'TEXT_TTL_EXPIRED',
  'TEXT_UNKNOWN',
  'TEXT_UNREACHABLE',
])
const OPTED_OUT = /\bopted[ _-]?out\b/i

/** What became of a text. */
export function parseTextEvent(event: unknown): ParsedReply {
  const parsed = textEvent.safeParse(event)
  if (!parsed.success) return unreadable(parsed.error)
  const { eventType, eventTimestamp: at, messageId, context } = parsed.data
  const [type, meaning] = [eventType, meaningOf(parsed.data)]
  // The events have no id of their own.
  const receiptId = `${messageId}.${eventType}.${at}`
  return { ok: true, reply: { kind: 'receipt', id: receiptId, effectId: context.effectId, type, meaning, at } }
}

function meaningOf(event: TextEvent): ReceiptMeaning {
  const { eventType, isFinal, messageStatus = '', messageStatusDescription = '' } = event
  const isFailure = eventType === 'TEXT_INVALID' || FAILURES.has(eventType)
  if (!isFailure || isFinal === false) return 'noted'
  const optedOut = OPTED_OUT.test(messageStatus) || OPTED_OUT.test(messageStatusDescription)
  return eventType === 'TEXT_INVALID' || optedOut ? 'refused' : 'failed'
}
