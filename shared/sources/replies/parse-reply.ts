import { isRecord } from '../tolerant-schema.ts'
import { parseIncomingText } from './incoming-text.ts'
import { parseMailEvent } from './mail-event.ts'
import type { ParsedReply } from './reply.ts'
import { parseTextEvent } from './text-event.ts'

/** Far above what a provider sends: SES cuts a mail's headers off, EventBridge carries 256 KB. */
const MOST_CHARACTERS = 300_000
const KNOWN = 'an event of SES, an event of End User Messaging SMS, or a text that was received'

/** Reads what came back from a provider. Never throws, whatever the text is. */
export function parseReply(text: string): ParsedReply {
  if (text.length > MOST_CHARACTERS) return refused(`at most ${MOST_CHARACTERS} characters`)
  const event = readJson(text)
  if (!isRecord(event)) return refused(`JSON: ${KNOWN}`)
  if (event.source === 'aws.ses') return parseMailEvent(event)
  if ('inboundMessageId' in event) return parseIncomingText(event)
  return 'eventType' in event ? parseTextEvent(event) : refused(KNOWN)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refused(expected: string): ParsedReply {
  return { ok: false, faults: [{ path: [], expected }] }
}
