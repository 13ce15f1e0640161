import type { UngradedFinding } from '../core/findings/finding.ts'
import { type EventPart, partsOf } from './event-parts.ts'
import type { Parsed, Segment } from './parsed.ts'

export interface ParseError {
  /** Where in the event, e.g. `detail.findings[1].Id`; empty for the whole. */
  readonly path: string
  /** Line of the text, from 1; null where no text was at hand. */
  readonly line: number | null
  /** What should have been there. */
  readonly expected: string
}

export type ParsedItem =
  | { readonly index: number; readonly ok: true; readonly finding: UngradedFinding }
  | { readonly index: number; readonly ok: false; readonly error: ParseError; readonly findingId: string | null }

/** The line on which the value at a path stands, or the nearest value around it. */
export type LineOf = (path: readonly Segment[]) => number | null

/**
 * The findings in one event (or a list of events), in order, each parsed on its own: a bad finding costs its neighbours
 * nothing. An event of no known kind gives one refused item. Never throws, whatever `event` is.
 */
export function parseEvent(event: unknown, lineOf: LineOf = () => null): ParsedItem[] {
  return partsOf(event).map((part, index) => {
    const parsed = parsePart(part)
    if (parsed.ok) return { index, ok: true, finding: parsed.finding }
    const path = [...part.path, ...parsed.path]
    const error = { path: pathText(path), line: lineOf(path), expected: parsed.expected }
    return { index, ok: false, error, findingId: parsed.findingId }
  })
}

function parsePart(part: EventPart): Parsed {
  if (part.kind === 'unknown') return { ok: false, path: [], expected: part.expected, findingId: null }
  const parsed = part.source.parse(part.value, part.envelope)
  const { time: sentAt } = part.envelope
  if (!parsed.ok || sentAt === undefined) return parsed
  const { finding } = parsed
  const { state, updatedAt } = finding.version
  return { ok: true, finding: { ...finding, version: { sentAt, state, updatedAt } } }
}

/** `detail.findings[1].Id`. */
export function pathText(path: readonly Segment[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'number') return `${text}[${segment}]`
    return text === '' ? segment : `${text}.${segment}`
  }, '')
}
