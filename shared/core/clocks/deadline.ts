import { Temporal } from 'temporal-polyfill'
import type { StageAnchor, StageDeadline } from '../incident/event-parts.ts'
import { type Instant, plusMs } from '../time/instant.ts'
import { HOUR_MS, wallMsAt } from '../time/wall-clock.ts'
import type { ObligationStage } from './obligation.ts'

export interface Deadline {
  /** The legal reading. */
  readonly dueAt: Instant
  /** The strictest defensible reading, never after `dueAt`; warnings use it. */
  readonly safeDueAt: Instant
  /** How it was counted: plain sentences with article and zone. */
  readonly steps: readonly string[]
}

/** How sure the moment is from which a stage counts; null where nobody said. */
export type AnchorBasis = StageAnchor['basis'] | null

type Countable = Pick<ObligationStage, 'anchor' | 'deadline'>

/**
 * When a stage is due that counts from `anchorAt`, on the wall clock of `zone` (IANA). Hours are elapsed time; where the
 * hour of the event is excluded, the legal reading starts at the next full hour, also when the event falls exactly on
 * one (Reg. (EEC, Euratom) 1182/71 Art. 3(1)).
 */
export function computeDeadline(
  stage: Countable,
  anchorAt: Instant,
  zone: string,
  basis: AnchorBasis = null,
): Deadline {
  const { amount, hourExcluded } = stage.deadline
  const startsAt = hourExcluded ? nextFullHour(anchorAt, zone) : anchorAt
  const dueAt = plusMs(startsAt, amount * HOUR_MS)
  const safeDueAt = plusMs(anchorAt, amount * HOUR_MS)
  const local = (at: Instant) => localText(at, zone)
  const steps = [
    `Counted from ${local(anchorAt)} in ${zone} (${stage.anchor})${BASIS_TEXTS[basis ?? 'open']}.`,
    ...(hourExcluded
      ? [
          `Reg. (EEC, Euratom) 1182/71 Art. 3(1): the hour of the event is not counted, so the period starts at the next full hour, ${local(startsAt)}.`,
          `Art. 3(2)(a): it ends when the last of ${amount} elapsed hours has passed, at ${local(dueAt)}.`,
          'Art. 3(4): a period in hours is not moved by weekends or holidays, so no calendar is needed.',
          'Art. 3(5), at least two working days, is contested for periods in hours and not applied.',
          `Strictest reading: ${amount} elapsed hours from the moment itself, until ${local(safeDueAt)}. Warnings go by it.`,
        ]
      : [`${amount} elapsed hours end at ${local(dueAt)}; weekends and holidays do not move them.`]),
  ]
  return { dueAt, safeDueAt, steps }
}

const BASIS_TEXTS = {
  presumed: ': presumed from the signal, not an admission',
  recorded: ': recorded by a person',
  open: '',
}

/** The deadline of one stage with its anchor; nothing is due before the anchor is known. */
export function stageDeadline(stage: ObligationStage, anchor: StageAnchor, zone: string): StageDeadline {
  if (anchor.at !== null) return { stageId: stage.id, anchor, ...computeDeadline(stage, anchor.at, zone, anchor.basis) }
  const steps = [`Waits for its anchor (${stage.anchor}): nothing is counted before a person records it.`]
  return { stageId: stage.id, anchor, dueAt: null, safeDueAt: null, steps }
}

/** The end of the hour that the wall clock shows, found by elapsed time: an hour shown twice is not skipped. */
function nextFullHour(at: Instant, zone: string): Instant {
  const wall = wallMsAt(zone, at)
  return plusMs(at, (Math.floor(wall / HOUR_MS) + 1) * HOUR_MS - wall)
}

/** `2026-04-02 15:20:00+02:00`. */
function localText(at: Instant, zone: string): string {
  const text = Temporal.Instant.from(at)
    .toZonedDateTimeISO(zone)
    .toString({ smallestUnit: 'second', timeZoneName: 'never' })
  return text.replace('T', ' ')
}
