import type { ResponderId } from '../directory/directory.ts'
import { cutToChars } from '../findings/text.ts'
import type { DecisionContext, RecordFindings, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { placementOf } from '../incident/episode.ts'
import { type IncidentSeverity, isWorse } from '../severity/severity.ts'
import { openSeats, paceOfOpenSeats } from './open-seats.ts'
import { tellHolders } from './tell-holders.ts'

const MOST_TITLE_CHARS = 200

type Found = RecordFindings['findings'][number]
type Paging = Found & { readonly severity: IncidentSeverity }

/**
 * New findings join, newer versions are noted, the severity rises with the worst of them, which gives its title to an
 * incident that no person has declared. Activity shortly after closing reopens the incident; later activity is refused
 * with `Conflict`, so that the next episode takes it. A provider's `resolved` or `archived` is noted and changes nothing
 * else.
 */
export function recordFindings(draft: Draft, command: RecordFindings, context: DecisionContext): Refusal | null {
  const active = command.findings.filter(isPaging)
  const kind = { pages: active.length > 0, anyNew: active.some(({ isNew }) => isNew) }
  const place = placementOf(draft.state, kind, context.now)
  if (place === 'next-episode') return { ok: false, reason: 'Conflict', why: 'next-episode' }
  if (place === 'reopen') reopen(draft, context, active[0]?.finding.key ?? '')
  for (const { isNew, severity: _severity, hasWorsened: _worsened, ...recorded } of command.findings) {
    if (isNew) draft.emit({ type: 'FindingJoined', v: 1, data: recorded })
    else draft.emit({ type: 'FindingUpdated', v: 1, data: { ...recorded, state: recorded.finding.version.state } })
  }
  // What the Commander has lowered stays so while providers only repeat themselves.
  const news = active.filter(({ isNew, hasWorsened }) => isNew || hasWorsened)
  const worst = worstOf(news)
  const title = draft.state.declaredBy === null ? worst?.finding.title : undefined
  raiseTo(draft, context, worst?.severity ?? null, { by: null, title })
  return null
}

function isPaging(found: Found): found is Paging {
  return found.severity !== null
}

function worstOf([first, ...others]: readonly Paging[]): Paging | undefined {
  return first && others.reduce((worst, one) => (isWorse(one.severity, worst.severity) ? one : worst), first)
}

interface Raise {
  /** Who raised it, by hand or by merging; null where it rose by itself. */
  readonly by: ResponderId | null
  readonly note?: string | null
  /** What the incident is called from then on; missing: as before. */
  readonly title?: string | undefined
}

/** Severity may rise by itself; only a person lowers it. The holders of its seats are told. */
export function raiseTo(
  draft: Draft,
  context: DecisionContext,
  to: IncidentSeverity | null,
  { by, note = null, title }: Raise,
): void {
  const from = draft.state.severity
  if (to === null || draft.state.status === 'closed' || !isWorse(to, from)) return
  const called = title === undefined ? {} : { title: cutToChars(title, MOST_TITLE_CHARS) }
  const seats = paceOfOpenSeats(draft.state, context, to)
  draft.emit({ type: 'SeverityRaised', v: 1, data: { from, to, note, ...called, seats } })
  openSeats(draft, context, 'SeverityRaised')
  tellHolders(draft, context, 'raised', by)
}

/** The incident is open again with its holders, who are told so. */
function reopen(draft: Draft, context: DecisionContext, findingKey: string): void {
  draft.emit({ type: 'IncidentReopened', v: 1, data: { findingKey } })
  tellHolders(draft, context, 'reopened')
}
