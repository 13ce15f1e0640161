import { findResponder } from '../directory/directory.ts'
import type { DecisionContext, RecordFindings, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import { placementOf } from '../incident/episode.ts'
import { usableChannels } from '../incident/reachable.ts'
import { type IncidentSeverity, isWorse } from '../severity/severity.ts'
import { openSeats, paceOfOpenSeats } from './open-seats.ts'
import { messageTarget } from './request-page.ts'

/**
 * New findings join, newer versions are noted, the severity rises with the worst of them. Activity shortly after
 * closing reopens the incident; later activity is refused with `Conflict`, so that the next episode takes it. A
 * provider's `resolved` or `archived` is noted and changes nothing else.
 */
export function recordFindings(draft: Draft, command: RecordFindings, context: DecisionContext): Refusal | null {
  const active = command.findings.filter(({ severity }) => severity !== null)
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
  raiseTo(draft, context, worstOf(news.map(({ severity }) => severity)))
  return null
}

function worstOf(severities: readonly (IncidentSeverity | null)[]): IncidentSeverity | null {
  return severities.reduce(
    (worst, one) => (one !== null && (worst === null || isWorse(one, worst)) ? one : worst),
    null,
  )
}

/** Severity may rise by itself; only a person lowers it. */
export function raiseTo(
  draft: Draft,
  context: DecisionContext,
  to: IncidentSeverity | null,
  note: string | null = null,
): void {
  const from = draft.state.severity
  if (to === null || draft.state.status === 'closed' || !isWorse(to, from)) return
  draft.emit({
    type: 'SeverityRaised',
    v: 1,
    data: { from, to, note, seats: paceOfOpenSeats(draft.state, context, to) },
  })
  openSeats(draft, context, 'SeverityRaised')
}

/** The incident is open again with its holders, who are told so. */
function reopen(draft: Draft, context: DecisionContext, findingKey: string): void {
  draft.emit({ type: 'IncidentReopened', v: 1, data: { findingKey } })
  const holders = new Set(draft.state.seats.map(({ holder }) => holder))
  for (const holder of holders) {
    const responder = holder === null ? undefined : findResponder(context.directory, holder)
    const [channel] = responder ? usableChannels(draft.state, responder) : []
    if (!responder || !channel) continue
    const { channelsLeft: _left, ...target } = messageTarget(draft, 'notice', responder, channel, [])
    draft.emit({ type: 'NoticeRequested', v: 1, data: { ...target, about: 'reopened' } })
  }
}
