import { looksLikeAsff, looksLikeGuardDuty } from './bare-finding.ts'
import type { Envelope, Segment } from './parsed.ts'
import { readInstant } from './read-instant.ts'
import { isRecord } from './tolerant-schema.ts'

/** One finding's raw value and where it stood; or a place where no finding could be found. */
export type EventPart =
  | { readonly kind: 'guardduty' | 'asff'; readonly path: Path; readonly value: unknown; readonly envelope: Envelope }
  | { readonly kind: 'unknown'; readonly path: Path; readonly expected: string }

type Path = readonly Segment[]

const GUARDDUTY = { source: 'aws.guardduty', detailType: 'GuardDuty Finding' }
const SECURITY_HUB = { source: 'aws.securityhub', detailType: 'Security Hub Findings - Imported' }
const KNOWN_KINDS = [GUARDDUTY, SECURITY_HUB].map((kind) => `"${kind.detailType}" (${kind.source})`).join(', ')
const KNOWN = `an event of a known kind: ${KNOWN_KINDS}`
const NO_LIST = 'an event, not a list of them'
const NO_ENVELOPE: Envelope = { account: undefined, region: undefined, time: undefined }
/** A list of queue records of notifications of events is the deepest that makes sense. */
const MAX_DEPTH = 6

/**
 * Takes an event out of whatever it came in: a list, queue and topic records, the bus's envelope, or nothing. A list
 * inside of a list is no event.
 */
export function partsOf(event: unknown, path: Path = [], depth = 0): EventPart[] {
  if (depth > MAX_DEPTH) return unknown(path, KNOWN)
  if (Array.isArray(event)) return event.flatMap((member, index) => partsOfMember(member, [...path, index], depth + 1))
  if (!isRecord(event)) return unknown(path, KNOWN)
  const text = messageIn(event)
  if (text !== null) return partsOfText(text.value, [...path, ...text.path], depth + 1)
  if (Array.isArray(event.Records)) return partsOf(event.Records, [...path, 'Records'], depth + 1)
  if ('detail-type' in event) return partsOfEnvelope(event, path)
  return bareParts(event, path, NO_ENVELOPE) ?? bareDetail(event, path) ?? unknown(path, KNOWN)
}

function partsOfMember(member: unknown, path: Path, depth: number): EventPart[] {
  return Array.isArray(member) ? unknown(path, NO_LIST) : partsOf(member, path, depth)
}

/** The text inside a topic's notification, the record of one, or a queue's record. */
function messageIn(event: Record<string, unknown>): { value: string; path: Path } | null {
  const { Sns: sns, body, Message: message } = event
  if (isRecord(sns) && typeof sns.Message === 'string') return { value: sns.Message, path: ['Sns', 'Message'] }
  if (event.Type === 'Notification' && typeof message === 'string') return { value: message, path: ['Message'] }
  const queued = typeof event.eventSource === 'string' || typeof event.messageId === 'string'
  return queued && typeof body === 'string' ? { value: body, path: ['body'] } : null
}

function partsOfText(text: string, path: Path, depth: number): EventPart[] {
  let event: unknown
  try {
    event = JSON.parse(text)
  } catch {
    return unknown(path, 'an event as JSON text')
  }
  return partsOf(event, path, depth)
}

function partsOfEnvelope(event: Record<string, unknown>, path: Path): EventPart[] {
  const { 'detail-type': detailType, source, detail } = event
  const is = (kind: typeof GUARDDUTY) =>
    kind.detailType === detailType && (source === undefined || source === kind.source)
  const envelope = envelopeOf(event)
  if (is(GUARDDUTY)) return [{ kind: 'guardduty', path: [...path, 'detail'], value: detail, envelope }]
  if (!is(SECURITY_HUB)) return unknown([...path, 'detail-type'], KNOWN)
  const findings = isRecord(detail) ? findingsIn(detail) : null
  if (findings === null) return unknown([...path, 'detail', 'findings'], 'a list of findings')
  return listed(findings.list, [...path, 'detail', findings.key], () => 'asff', envelope)
}

/** A hand that copies an event by parts often drops its `detail-type`. */
function bareDetail(event: Record<string, unknown>, path: Path): EventPart[] | null {
  const { detail } = event
  return isRecord(detail) ? bareParts(detail, [...path, 'detail'], envelopeOf(event)) : null
}

/** A finding, or a list of them, without an envelope. */
function bareParts(value: Record<string, unknown>, path: Path, envelope: Envelope): EventPart[] | null {
  const findings = findingsIn(value)
  if (findings !== null) return listed(findings.list, [...path, findings.key], bareKind, envelope)
  const kind = bareKind(value)
  return kind === null ? null : [{ kind, path, value, envelope }]
}

function findingsIn(value: Record<string, unknown>): { key: string; list: unknown[] } | null {
  for (const key of ['findings', 'Findings']) {
    const list = value[key]
    if (Array.isArray(list)) return { key, list }
  }
  return null
}

/** An empty list is said, not passed over: whoever sent it meant something. */
function listed(
  findings: unknown[],
  path: Path,
  kindOf: (finding: unknown) => 'guardduty' | 'asff' | null,
  envelope: Envelope,
): EventPart[] {
  if (findings.length === 0) return unknown(path, 'at least one finding')
  return findings.flatMap((value, index): EventPart[] => {
    const kind = kindOf(value)
    const at = [...path, index]
    return kind === null ? unknown(at, KNOWN) : [{ kind, path: at, value, envelope }]
  })
}

function bareKind(value: unknown): 'guardduty' | 'asff' | null {
  if (!isRecord(value)) return null
  if (looksLikeAsff(value)) return 'asff'
  return looksLikeGuardDuty(value) ? 'guardduty' : null
}

function envelopeOf(event: Record<string, unknown>): Envelope {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 64) : undefined)
  return { account: text(event.account), region: text(event.region), time: readInstant(event.time) }
}

function unknown(path: Path, expected: string): EventPart[] {
  return [{ kind: 'unknown', path, expected }]
}
