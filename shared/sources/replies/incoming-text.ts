import * as z from 'zod'
import { type ParsedReply, unreadable } from './reply.ts'
import { id } from './reply-fields.ts'

const NUMBER = 'a phone number of E.164'
const MOST_CHARS = 10_000
const BODY = `a text of at most ${MOST_CHARS} characters`

/** A two-way text, as the number's topic delivers it. */
const incomingText = z.object({
  originationNumber: z.string(NUMBER).regex(/^\+?[0-9]{3,15}$/, NUMBER),
  messageBody: z.string(BODY).max(MOST_CHARS, BODY),
  inboundMessageId: id,
})

export function parseIncomingText(event: unknown): ParsedReply {
  const parsed = incomingText.safeParse(event)
  if (!parsed.success) return unreadable(parsed.error)
  const { originationNumber: from, messageBody: body, inboundMessageId } = parsed.data
  return { ok: true, reply: { kind: 'text', id: inboundMessageId, from, body } }
}
