import { findResponder, hasLeft } from '../directory/directory.ts'
import { carriedPrint } from '../incident/carried.ts'
import type { DecisionContext, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { MergeIncident, SplitOffFindings } from '../incident/merging-commands.ts'
import type { IncidentState } from '../incident/state.ts'
import { mayClose } from './change-severity.ts'

/**
 * Ends every call and points to the incident that has absorbed this one. Refused with `Conflict` when something has
 * happened since that the other does not know of: then it must absorb again first.
 */
export function mergeIncident(draft: Draft, command: MergeIncident): Refusal | null {
  const { into, print, responderId, note } = command
  const { state } = draft
  if (state.mergedInto === into) return null
  if (state.mergedInto !== null) return { ok: false, reason: 'Merged', into: state.mergedInto }
  if (carriedPrint(state) !== print) return { ok: false, reason: 'Conflict', why: 'it has changed since' }
  for (const { role, engagement } of state.seats) {
    for (const attempt of engagement?.open ?? []) {
      draft.emit({
        type: 'AttemptEnded',
        v: 1,
        data: { role, responderId: attempt.responderId, reason: 'Merged' },
      })
    }
  }
  draft.emit({ type: 'IncidentMerged', v: 1, data: { into, responderId, note } })
  return null
}

/** Why somebody may not split an incident; null when they may: whoever may close it. */
export function maySplit(
  state: IncidentState,
  responderId: string,
  { directory, now }: Pick<DecisionContext, 'directory' | 'now'>,
): Refusal | null {
  const responder = findResponder(directory, responderId)
  if (!responder) return { ok: false, reason: 'NotFound', what: `responder ${responderId}` }
  if (state.mergedInto !== null) return { ok: false, reason: 'Merged', into: state.mergedInto }
  if (state.status === 'closed') return { ok: false, reason: 'Conflict', why: `${state.id} is closed` }
  if (hasLeft(responder, now)) return { ok: false, reason: 'Forbidden', why: 'this person has left' }
  if (mayClose(state, responderId)) return null
  const why = 'split by whoever may close it: the Incident Commander; below SEV2 any holder of a seat'
  return { ok: false, reason: 'Forbidden', why }
}

/** Findings that have an incident of their own leave this one; seats and clocks stay. */
export function splitOffFindings(draft: Draft, { type: _type, ...data }: SplitOffFindings): null {
  if (data.findings.length > 0) draft.emit({ type: 'FindingsSplitOff', v: 1, data })
  return null
}
