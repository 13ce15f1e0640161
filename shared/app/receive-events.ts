import type { UngradedFinding } from '../core/findings/finding.ts'
import { type ParsedItem, parseEvent } from '../sources/parse-event.ts'
import type { Dependencies } from './dependencies.ts'
import { ingestFindings } from './ingest-findings.ts'
import type { IntakeResult } from './intake.ts'
import type { IntakeDoor } from './intake-batch.ts'
import { type QuarantineError, quarantine, reasonOf } from './quarantine.ts'

type Deps = Parameters<typeof ingestFindings>[0] & Pick<Dependencies, 'alarms'>
type Rejected = Extract<ParsedItem, { ok: false }>

/** Events that are put into quarantine side by side. */
const WRITTEN_AT_ONCE = 20

/** Keeps an event that could not be read, and gives the id by which it is found again. */
export type KeepRefused = (event: unknown, errors: readonly QuarantineError[]) => Promise<string>

/**
 * Events in, a result for each of their findings in order. What fits no schema costs its neighbours nothing: its event
 * goes into quarantine, whole and once, however many of its findings are refused. Findings are taken in first: after
 * a fault on the way the same events again may be quarantined twice, but no finding is taken in twice.
 * @param keep what to do with events that are refused; into quarantine, if not given.
 */
export async function receiveEvents(
  deps: Deps,
  events: readonly unknown[],
  door: IntakeDoor,
  keep: KeepRefused = (event, errors) => quarantine(deps, event, errors, door.now),
): Promise<IntakeResult[]> {
  const parsed = events.map((event) => ({ event, items: itemsOf(event) }))
  const taken = await ingestFindings(
    deps,
    parsed.flatMap(({ items }) => items.flatMap(findingIn)),
    door,
  )
  const refused = parsed.filter(({ items }) => items.some(({ ok }) => !ok))
  const quarantineIds = new Map<(typeof parsed)[number], string>()
  for (let start = 0; start < refused.length; start += WRITTEN_AT_ONCE) {
    const chunk = refused.slice(start, start + WRITTEN_AT_ONCE)
    const ids = await Promise.all(chunk.map(({ event, items }) => keep(event, errorsIn(items))))
    for (const [index, one] of chunk.entries()) quarantineIds.set(one, ids[index] ?? '')
  }
  const next = taken.values()
  return parsed.flatMap((one) =>
    one.items.map((item) => (item.ok ? nextOf(next) : rejectedResult(item, quarantineIds.get(one) ?? null))),
  )
}

/** A list is no event, and what holds no finding at all must not vanish: both are refused like what fits no schema. */
function itemsOf(event: unknown): ParsedItem[] {
  if (Array.isArray(event)) return [refused('an event, not a list of them')]
  const items = parseEvent(event)
  return items.length > 0 ? items : [refused('at least one finding')]
}

function refused(expected: string): Rejected {
  return { index: 0, ok: false, findingId: null, error: { path: '', line: null, expected } }
}

function findingIn(item: ParsedItem): UngradedFinding[] {
  return item.ok ? [item.finding] : []
}

function errorsIn(items: readonly ParsedItem[]): QuarantineError[] {
  return items.flatMap((item) => {
    if (item.ok) return []
    const { path, expected } = item.error
    return [{ findingId: item.findingId, path, expected }]
  })
}

function nextOf(results: Iterator<IntakeResult, undefined>): IntakeResult {
  const { value } = results.next()
  if (value === undefined) throw new Error('a finding without a result')
  return value
}

function rejectedResult({ findingId, error }: Rejected, quarantineId: string | null): IntakeResult {
  const reason = reasonOf({ ...error, findingId })
  return { findingId, outcome: 'rejected', severity: null, incidentId: null, reason, quarantineId }
}
