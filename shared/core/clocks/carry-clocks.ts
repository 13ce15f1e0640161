import type { DecisionContext } from '../incident/commands.ts'
import type { Draft } from '../incident/draft.ts'
import type { EventOf } from '../incident/events.ts'
import type { AbsorbIncident, ClockHistory } from '../incident/merging-commands.ts'
import type { Clock, IncidentState, Stage } from '../incident/state.ts'
import { warningsPassed } from '../incident/warning-times.ts'
import type { Instant } from '../time/instant.ts'
import { presumeFromAwareness } from './anchor-clock.ts'
import { clockId } from './clock-id.ts'
import { reopenClocks } from './not-notifiable.ts'
import type { Obligation } from './obligation.ts'

type CarriedStage = EventOf<'ClockCarried'>['data']['stages'][number]

/**
 * The clocks of an absorbed incident count on here. One that both have becomes one, which asks for whatever either of
 * them still asks for, by the earlier moment: no deadline is lost or becomes later. To be called once the incident's
 * own moments include those of the absorbed one.
 */
export function carryClocks(
  draft: Draft,
  before: IncidentState,
  { from, clocks: histories, responderId }: AbsorbIncident,
  context: DecisionContext,
  obligations: readonly Obligation[],
): void {
  const halfSettled = new Set<string>()
  for (const theirs of from.clocks) {
    const id = clockId(draft.state.id, theirs.obligationId, theirs.entityId, theirs.role)
    const mine = draft.state.clocks.find((clock) => clock.id === id)
    const both = mine === undefined ? warnAgain(theirs) : combined(mine, theirs, context.now)
    if (mine !== undefined && isHalfSettled(mine, theirs)) halfSettled.add(id)
    const history = histories.find((one) => one.clockId === theirs.id)
    if (mine !== undefined && isSame(mine, both) && !hasSubmissions(history)) continue
    draft.emit({ type: 'ClockCarried', v: 1, data: carried({ ...both, id }, theirs, from, history) })
  }
  presumeFromAwareness(draft, responderId, context, obligations, halfSettled)
  if (bringsFacts(before, from)) reopenClocks(draft, context, 'new-facts')
}

function carried(
  { id, obligationId, entityId, role, status, stages }: Clock,
  theirs: Clock,
  from: IncidentState,
  history: ClockHistory | undefined,
): EventOf<'ClockCarried'>['data'] {
  const obligationVersion = history?.obligationVersion ?? 1
  return {
    ...{ clockId: id, obligationId, obligationVersion, entityId, role, status },
    from: { incidentId: from.id, clockId: theirs.id },
    stages: stages.map(({ id: stageId, ...stage }): CarriedStage => {
      const told = history?.stages.find((one) => one.id === stageId)
      const isTheirs = theirs.stages.some((one) => one.id === stageId && one.safeDueAt === stage.safeDueAt)
      // Without steps of its own a deadline keeps those it has on this record.
      return { stageId, ...stage, steps: isTheirs ? (told?.steps ?? []) : [], submissions: told?.submissions ?? [] }
    }),
  }
}

/** Whoever is told of clocks here has not heard of this one: its last warning counts as not given. */
function warnAgain(clock: Clock): Clock {
  return { ...clock, stages: clock.stages.map((stage) => ({ ...stage, warned: Math.max(0, stage.warned - 1) })) }
}

function combined(mine: Clock, theirs: Clock, now: Instant): Clock {
  const [a, b] = [mine, theirs].map(isCounting)
  const others = theirs.stages.filter(({ id }) => mine.stages.every((stage) => stage.id !== id))
  const stages = mine.stages.map((stage) => {
    const other = theirs.stages.find(({ id }) => id === stage.id)
    return other === undefined ? stage : combinedStage([stage, a === true], [other, b === true], now)
  })
  return { ...mine, status: combinedStatus(mine, theirs), stages: [...stages, ...others] }
}

const BY_WEIGHT: readonly Clock['status'][] = ['confirmed', 'provisional', 'not-notifiable', 'withdrawn']

function combinedStatus({ status: mine }: Clock, { status: theirs }: Clock): Clock['status'] {
  return BY_WEIGHT.find((one) => one === mine || one === theirs) ?? mine
}

function isCounting({ status }: Clock): boolean {
  return status === 'confirmed' || status === 'provisional'
}

type Weighed = readonly [stage: Stage, isCounting: boolean]

/** Of two that are still asked for, the earlier; of one that is and one that is done with, the first. */
function combinedStage([mine, a]: Weighed, [theirs, b]: Weighed, now: Instant): Stage {
  const [mineIsOpen, theirsIsOpen] = [a && isOpen(mine), b && isOpen(theirs)]
  const lastSubmission = mine.lastSubmission ?? theirs.lastSubmission
  const takesTheirs = mineIsOpen === theirsIsOpen ? outweighs(theirs, mine, mineIsOpen) : theirsIsOpen
  if (!takesTheirs) return { ...mine, lastSubmission }
  const warned = Math.max(0, Math.min(mine.warned, theirs.warned, warningsPassed(theirs, now)) - 1)
  return { ...theirs, warned, lastSubmission }
}

function isOpen({ status }: Stage): boolean {
  return status !== 'submitted' && status !== 'waived'
}

function outweighs(theirs: Stage, mine: Stage, areOpen: boolean): boolean {
  if (!areOpen) return theirs.status === 'submitted' && mine.status !== 'submitted'
  if (theirs.safeDueAt === null) return false
  if (mine.safeDueAt === null || theirs.safeDueAt < mine.safeDueAt) return true
  const isRecorded = theirs.anchor.basis === 'recorded' && mine.anchor.basis === 'presumed'
  return theirs.safeDueAt === mine.safeDueAt && isRecorded
}

/** What is done with on one side was done for that side's moment: the other's own moment stays. */
function isHalfSettled(mine: Clock, theirs: Clock): boolean {
  return mine.stages.some((stage) => {
    const other = theirs.stages.find(({ id }) => id === stage.id)
    return other !== undefined && (isCounting(mine) && isOpen(stage)) !== (isCounting(theirs) && isOpen(other))
  })
}

function isSame(mine: Clock, both: Clock): boolean {
  return JSON.stringify({ ...both, id: mine.id }) === JSON.stringify(mine)
}

function hasSubmissions(history: ClockHistory | undefined): boolean {
  return history?.stages.some(({ submissions }) => submissions.length > 0) ?? false
}

function bringsFacts({ facts: own }: IncidentState, { facts }: IncidentState): boolean {
  return (
    facts.dataCategories.some((one) => !own.dataCategories.includes(one)) ||
    facts.residents.some((one) => !own.residents.includes(one)) ||
    Object.entries(facts.other).some(([name, print]) => own.other[name] !== print)
  )
}
