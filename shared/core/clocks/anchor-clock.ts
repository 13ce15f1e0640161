import type { ResponderId } from '../directory/directory.ts'
import type { ConfirmClock, DecisionContext, ReanchorClock, Refusal } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { StageDeadline } from '../incident/event-parts.ts'
import type { Clock, Stage } from '../incident/state.ts'
import { zoneOfEntity } from './applies.ts'
import { stageDeadline } from './deadline.ts'
import type { Obligation } from './obligation.ts'
import { presumedDeadline, presumedFrom } from './presumed.ts'
import { conflict, forbidden, invalid } from './refusals.ts'
import { holdsSeat, mayDecide, refuseUnlessDecides } from './who-decides.ts'

type Anchor = ReanchorClock['anchor']

/**
 * Legal Counsel says that the duty exists, and may record the moment that it counts from. Replacing a presumed moment
 * needs no reason; moving a recorded one to later does.
 */
export function confirmClock(
  draft: Draft,
  clock: Clock,
  command: ConfirmClock,
  context: DecisionContext,
  obligations: readonly Obligation[],
): Refusal | null {
  const { anchor, note, responderId } = command
  const refused = refuseUnlessDecides(draft.state, context, responderId)
  if (refused) return refused
  const counting = anchor === null ? [] : clock.stages.filter((stage) => stage.anchor.name === anchor.name)
  const wrong = anchor === null ? null : wrongAnchor(clock, counting, anchor, context)
  if (wrong) return wrong
  const moving = anchor === null ? [] : counting.filter((stage) => differs(stage, anchor))
  const putOff = moving.some((stage) => stage.anchor.basis === 'recorded' && isLater(stage, anchor))
  if (putOff && note === null) return reasonMissing()
  if (clock.status !== 'confirmed') {
    draft.emit({ type: 'ClockConfirmed', v: 1, data: { clockId: clock.id, responderId, ...note } })
  }
  return anchor === null ? null : move(draft, clock, moving, { ...command, anchor }, context, obligations)
}

/** Earlier: anybody who holds a seat. Later than now, or for the first time: who decides; later with a reason. */
export function reanchorClock(
  draft: Draft,
  clock: Clock,
  command: ReanchorClock,
  context: DecisionContext,
  obligations: readonly Obligation[],
): Refusal | null {
  const { anchor, stageId, responderId, note } = command
  const decides = mayDecide(draft.state, context.directory, responderId, context.now)
  if (!decides && !holdsSeat(draft.state, responderId)) return forbidden('a moment is recorded by a holder of a seat')
  const chosen = clock.stages.filter(({ id }) => stageId === null || id === stageId)
  const counting = chosen.filter((stage) => stage.anchor.name === anchor.name)
  const wrong = wrongAnchor(clock, counting, anchor, context)
  if (wrong) return wrong
  const moving = counting.filter((stage) => differs(stage, anchor))
  const putOff = moving.some((stage) => isLater(stage, anchor))
  if (!decides && (putOff || moving.some((stage) => stage.anchor.at === null))) {
    return forbidden('a later moment, or the first of a stage that awaits one, is recorded by Legal Counsel')
  }
  if (putOff && note === null) return reasonMissing()
  return move(draft, clock, moving, command, context, obligations)
}

function wrongAnchor(
  clock: Clock,
  counting: readonly Stage[],
  anchor: Anchor,
  { now }: DecisionContext,
): Refusal | null {
  const names = [...new Set(clock.stages.map((stage) => stage.anchor.name))]
  if (counting.length === 0) return invalid('anchor.name', `a moment that the stage counts from: ${names.join(', ')}`)
  return anchor.at > now ? invalid('anchor.at', 'an instant that is not in the future') : null
}

function differs(stage: Stage, anchor: Anchor): boolean {
  return stage.anchor.at !== anchor.at || stage.anchor.basis !== 'recorded'
}

function isLater(stage: Stage, anchor: Anchor | null): boolean {
  return anchor !== null && stage.anchor.at !== null && anchor.at > stage.anchor.at
}

function reasonMissing(): Refusal {
  return invalid('reason', 'why the moment is later than the one before')
}

function move(
  draft: Draft,
  clock: Clock,
  stages: readonly Stage[],
  command: Pick<ReanchorClock, 'anchor' | 'responderId' | 'note'>,
  context: DecisionContext,
  obligations: readonly Obligation[],
): Refusal | null {
  const { anchor, responderId, note } = command
  const zone = zoneOfEntity(context.directory, clock.entityId)
  const obligation = obligations.find(({ id }) => id === clock.obligationId)
  for (const { id } of stages) {
    const rule = obligation?.stages.find((one) => one.id === id)
    if (!rule) return conflict(`the catalogue has no obligation ${clock.obligationId} with a stage ${id} any more`)
    const deadline: StageDeadline = stageDeadline(rule, { ...anchor, basis: 'recorded' }, zone)
    draft.emit({ type: 'StageReanchored', v: 1, data: { ...deadline, clockId: clock.id, responderId, ...note } })
  }
  presumeFromAwareness(draft, responderId, context, obligations)
  return null
}

/**
 * Awareness is each entity's own, and its counsel's to record. But once it is on record for one, no other is presumed
 * to have become aware later: their stages count from it too, still as presumed.
 */
export function presumeFromAwareness(
  draft: Draft,
  responderId: ResponderId,
  { directory }: DecisionContext,
  obligations: readonly Obligation[],
  except: ReadonlySet<string> = new Set(),
): void {
  const from = presumedFrom(draft.state)
  for (const clock of draft.state.clocks) {
    if (except.has(clock.id)) continue
    for (const { id, anchor } of clock.stages) {
      const rule = obligations.find((one) => one.id === clock.obligationId)?.stages.find((one) => one.id === id)
      if (!rule || anchor.basis !== 'presumed' || anchor.at === null || anchor.at <= from) continue
      const deadline = presumedDeadline(rule, draft.state, zoneOfEntity(directory, clock.entityId))
      draft.emit({ type: 'StageReanchored', v: 1, data: { ...deadline, clockId: clock.id, responderId } })
    }
  }
}
