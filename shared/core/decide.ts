import { askForProfile } from './clocks/ask-for-profile.ts'
import { carryClocks } from './clocks/carry-clocks.ts'
import { decideClockCommand } from './clocks/clock-commands.ts'
import { clockWakeAt } from './clocks/clock-wake.ts'
import type { Obligation } from './clocks/obligation.ts'
import { settleClocks } from './clocks/settle-clocks.ts'
import { startClocks } from './clocks/start-clocks.ts'
import type { Command, DecisionContext, OpenIncident, RecordDeliveries, Refusal } from './incident/commands.ts'
import { type CommitMeta, Draft } from './incident/draft.ts'
import type { IncidentEvent } from './incident/events.ts'
import { linkIncident } from './incident/link-incident.ts'
import type { AbsorbIncident } from './incident/merging-commands.ts'
import { effectsWakeAt, recordDeliveries, settleEffects } from './incident/settle-effects.ts'
import type { IncidentState } from './incident/state.ts'
import { absorbIncident } from './paging/absorb-incident.ts'
import { acknowledgeSeat } from './paging/acknowledge-seat.ts'
import { changeSeverity, closeIncident } from './paging/change-severity.ts'
import { mergeIncident, splitOffFindings } from './paging/merge-incident.ts'
import { noticeOnNextChannel } from './paging/notice-again.ts'
import { answerCheckIns, openSeats } from './paging/open-seats.ts'
import { declineSeat, escalateSeat, handOverSeat } from './paging/pass-on-seat.ts'
import { recordFindings } from './paging/record-findings.ts'
import { seatsWakeAt } from './paging/seats-wake.ts'
import { settleSeats } from './paging/settle-seats.ts'
import { earliest, type Instant } from './time/instant.ts'

export type Decision = {
  readonly ok: true
  readonly events: readonly IncidentEvent[]
  readonly state: IncidentState
}

/** Everything a decision needs beside the incident and the command. */
export interface Decider extends DecisionContext {
  readonly obligations: readonly Obligation[]
}

/**
 * Applies one command to one incident, and then everything else that is due at that moment, for seats, clocks and
 * messages alike: the only place where paging and clocks meet. Pure; no events means that nothing changes.
 */
export function decide(
  state: IncidentState | null,
  command: Command,
  meta: CommitMeta,
  context: Decider,
): Decision | Refusal {
  if (state === null && command.type !== 'OpenIncident') return { ok: false, reason: 'NotFound', what: 'incident' }
  if (state !== null && command.type === 'OpenIncident') return { ok: false, reason: 'Conflict', why: 'already opened' }
  if (state !== null && state.mergedInto !== null && !AFTER_MERGING.has(command.type)) {
    return { ok: false, reason: 'Merged', into: state.mergedInto }
  }
  const draft = new Draft(state, meta)
  if (state !== null && isActOfAPerson(command)) answerCheckIns(draft, command.responderId, context.now)
  const refusal = apply(draft, command, context)
  if (refusal !== null) return refusal
  settleSeats(draft, context)
  if (draft.state.status === 'open') startClocks(draft, context, context.obligations)
  if (command.type === 'OpenIncident') askForProfile(draft, context)
  settleClocks(draft, context)
  settleEffects(draft, context.now)
  return { ok: true, events: draft.events, state: draft.state }
}

/** What still concerns an incident that lives on in another: what became of its messages. */
const AFTER_MERGING: ReadonlySet<Command['type']> = new Set(['RecordDeliveries', 'MergeIncident', 'Wake'])

/** Also a sign of life. What ends by merging must stand as it was when it was absorbed: the act was taken there. */
function isActOfAPerson(command: Command): command is Extract<Command, { readonly responderId: string }> {
  return 'responderId' in command && command.type !== 'MergeIncident'
}

function apply(draft: Draft, command: Command, context: Decider): Refusal | null {
  switch (command.type) {
    case 'OpenIncident':
      return open(draft, command, context)
    case 'RecordFindings':
      return recordFindings(draft, command, context)
    case 'AcknowledgeSeat':
      return acknowledgeSeat(draft, command, context)
    case 'DeclineSeat':
      return declineSeat(draft, command, context)
    case 'HandOverSeat':
      return handOverSeat(draft, command, context)
    case 'EscalateSeat':
      return escalateSeat(draft, command, context)
    case 'ChangeSeverity':
      return changeSeverity(draft, command, context)
    case 'CloseIncident':
      return closeIncident(draft, command, context)
    case 'RecordDeliveries':
      return deliver(draft, command, context)
    case 'AbsorbIncident':
      return absorb(draft, command, context)
    case 'MergeIncident':
      return mergeIncident(draft, command)
    case 'SplitOffFindings':
      return splitOffFindings(draft, command)
    case 'LinkIncident':
      return linkIncident(draft, command)
    case 'Wake':
      return null
    default:
      return decideClockCommand(draft, command, context, context.obligations)
  }
}

function deliver(draft: Draft, { deliveries }: RecordDeliveries, context: Decider): null {
  // A merged incident says nothing any more, also not on another channel.
  const isMerged = draft.state.mergedInto !== null
  const again = isMerged ? [] : deliveries.map((delivery) => noticeOnNextChannel(draft, context, delivery))
  recordDeliveries(draft, deliveries)
  for (const request of again) request()
  return null
}

function absorb(draft: Draft, command: AbsorbIncident, context: Decider): Refusal | null {
  const before = draft.state
  const refusal = absorbIncident(draft, command, context)
  const hasAbsorbed = draft.state.absorbed !== before.absorbed
  if (hasAbsorbed) carryClocks(draft, before, command, context, context.obligations)
  return refusal
}

function open(draft: Draft, command: OpenIncident, context: Decider): Refusal | null {
  const { type: _type, findings, signalReceivedAt = context.now, ...opened } = command
  const data = { ...opened, signalReceivedAt }
  draft.emit({ type: 'IncidentOpened', v: 1, data })
  for (const finding of findings) draft.emit({ type: 'FindingJoined', v: 1, data: finding })
  openSeats(draft, context, null)
  return null
}

/** The earliest instant at which the incident must be decided again; null when nothing is due by itself. */
export function wakeAt(state: IncidentState): Instant | null {
  return earliest(seatsWakeAt(state), clockWakeAt(state), effectsWakeAt(state))
}
