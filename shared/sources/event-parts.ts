import { type Envelope, NO_ENVELOPE, type Segment } from './parsed.ts'
import { readInstant } from './read-instant.ts'
import type { Source } from './source.ts'
import { SOURCES } from './sources.ts'
import { isRecord } from './tolerant-schema.ts'

/** One finding's raw value and where it stood; or a place where no finding could be found. */
export type EventPart =
  | {
      readonly kind: 'finding'
      readonly source: Source
      readonly path: Path
      readonly value: unknown
      readonly envelope: Envelope
    }
  | { readonly kind: 'unknown'; readonly path: Path; readonly expected: string }

type Path = readonly Segment[]
/** What is known of how it came here. */
type Way = Pick<Envelope, 'topicArn'>
interface Message {
  readonly value: string
  readonly path: Path
  readonly way: Way
}

const SENDERS = new Set(
  SOURCES.flatMap(({ events }) => events.map(({ source }) => source)).filter((one) => one !== '*'),
)
const KNOWN = `an event of a known kind (of ${[...SENDERS].join(', ')})`
const NO_LIST = 'an event, not a list of them'
/** A list of queue records of notifications of events is the deepest that makes sense. */
const MAX_DEPTH = 6
const MAX_RESOURCES = 100
const LIST_KEYS = ['findings', 'Findings']

/**
 * Takes an event out of whatever it came in: a list, queue and topic records, the bus's envelope, or nothing. A list
 * inside of a list is no event.
 */
export function partsOf(event: unknown, path: Path = [], depth = 0, way: Way = {}): EventPart[] {
  if (depth > MAX_DEPTH) return unknown(path, KNOWN)
  if (Array.isArray(event))
    return event.flatMap((member, index) => partsOfMember(member, [...path, index], depth + 1, way))
  if (!isRecord(event)) return unknown(path, KNOWN)
  const text = messageIn(event)
  if (text !== null) return partsOfText(text, path, depth + 1, way)
  if (Array.isArray(event.Records)) return partsOf(event.Records, [...path, 'Records'], depth + 1, way)
  if ('detail-type' in event) return partsBesideDetail(event, path) ?? partsOfEnvelope(event, path)
  return bareParts(event, path, { ...NO_ENVELOPE, ...way }) ?? bareDetail(event, path) ?? unknown(path, KNOWN)
}

function partsOfMember(member: unknown, path: Path, depth: number, way: Way): EventPart[] {
  return Array.isArray(member) ? unknown(path, NO_LIST) : partsOf(member, path, depth, way)
}

/** The text inside a topic's notification, the record of one, or a queue's record. */
function messageIn(event: Record<string, unknown>): Message | null {
  const { Sns: sns, body, Message: message } = event
  if (isRecord(sns) && typeof sns.Message === 'string') {
    return { value: sns.Message, path: ['Sns', 'Message'], way: wayOf(sns) }
  }
  if (event.Type === 'Notification' && typeof message === 'string') {
    return { value: message, path: ['Message'], way: wayOf(event) }
  }
  const queued = typeof event.eventSource === 'string' || typeof event.messageId === 'string'
  return queued && typeof body === 'string' ? { value: body, path: ['body'], way: {} } : null
}

function wayOf({ TopicArn: topic }: Record<string, unknown>): Way {
  return typeof topic === 'string' ? { topicArn: topic.slice(0, 2048) } : {}
}

function partsOfText(text: Message, path: Path, depth: number, way: Way): EventPart[] {
  const at = [...path, ...text.path]
  let event: unknown
  try {
    event = JSON.parse(text.value)
  } catch {
    return unknown(at, 'an event as JSON text')
  }
  return partsOf(event, at, depth, { ...way, ...text.way })
}

/** An alarm's action has the bus's envelope, but no `detail` in it. */
function partsBesideDetail(event: Record<string, unknown>, path: Path): EventPart[] | null {
  return 'detail' in event ? null : bareParts(event, path, envelopeOf(event))
}

function partsOfEnvelope(event: Record<string, unknown>, path: Path): EventPart[] {
  const { detail } = event
  const source = SOURCES.find(({ events }) => events.some((kind) => isKind(event, kind)))
  if (source === undefined) return unknown([...path, 'detail-type'], KNOWN)
  const envelope = envelopeOf(event)
  const at = [...path, 'detail']
  if (source.inside === undefined) return [{ kind: 'finding', source, path: at, value: detail, envelope }]
  const inside = isRecord(detail) ? listIn(detail, source.inside) : null
  if (inside === null && isRecord(detail) && source.looksLike(detail)) {
    return [{ kind: 'finding', source, path: at, value: detail, envelope }]
  }
  if (inside === null) return unknown([...at, source.inside[0] ?? ''], 'a list of findings')
  return listed(inside.list, [...at, inside.key], () => source, envelope)
}

/** A hand that writes an event sometimes leaves out who sent it. */
function isKind(event: Record<string, unknown>, { source, detailType }: Source['events'][number]): boolean {
  if (detailType === '*') return event.source === source
  if (event['detail-type'] !== detailType) return false
  return event.source === undefined || source === '*' || event.source === source
}

/** A hand that copies an event by parts often drops its `detail-type`. */
function bareDetail(event: Record<string, unknown>, path: Path): EventPart[] | null {
  const { detail } = event
  return isRecord(detail) ? bareParts(detail, [...path, 'detail'], envelopeOf(event)) : null
}

/** A finding, or a list of them, without an envelope. */
function bareParts(value: Record<string, unknown>, path: Path, envelope: Envelope): EventPart[] | null {
  const findings = listIn(value, LIST_KEYS)
  if (findings !== null) return listed(findings.list, [...path, findings.key], bareSource, envelope)
  const source = bareSource(value)
  return source === null ? null : [{ kind: 'finding', source, path, value, envelope }]
}

function listIn(value: Record<string, unknown>, keys: readonly string[]): { key: string; list: unknown[] } | null {
  for (const key of keys) {
    const list = value[key]
    if (Array.isArray(list)) return { key, list }
  }
  return null
}

/** An empty list is said, not passed over: whoever sent it meant something. */
function listed(
  findings: unknown[],
  path: Path,
  sourceOf: (finding: unknown) => Source | null,
  envelope: Envelope,
): EventPart[] {
  if (findings.length === 0) return unknown(path, 'at least one finding')
  return findings.flatMap((value, index): EventPart[] => {
    const source = sourceOf(value)
    const at = [...path, index]
    return source === null ? unknown(at, KNOWN) : [{ kind: 'finding', source, path: at, value, envelope }]
  })
}

function bareSource(value: unknown): Source | null {
  return isRecord(value) ? (SOURCES.find(({ looksLike }) => looksLike(value)) ?? null) : null
}

function envelopeOf(event: Record<string, unknown>): Envelope {
  const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value.slice(0, 64) : undefined)
  const { resources } = event
  return {
    id: text(event.id),
    source: text(event.source),
    detailType: text(event['detail-type']),
    account: text(event.account),
    region: text(event.region),
    time: readInstant(event.time),
    resources: Array.isArray(resources) ? resources.slice(0, MAX_RESOURCES).flatMap(resourceText) : [],
  }
}

function resourceText(resource: unknown): string[] {
  return typeof resource === 'string' && resource !== '' ? [resource.slice(0, 2048)] : []
}

function unknown(path: Path, expected: string): EventPart[] {
  return [{ kind: 'unknown', path, expected }]
}
