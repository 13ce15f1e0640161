import { type Directory, EMPTY_DIRECTORY } from '../core/directory/directory.ts'
import { type GroupingPart, NO_FINDING_RULES, type Suppression } from '../core/directory/finding-rules.ts'
import type { Finding, IgnoredReason, UngradedFinding } from '../core/findings/finding.ts'
import { type Judged, judgeFinding } from '../core/findings/judge.ts'
import { type FindingSeverity, type IncidentSeverity, incidentSeverityOf } from '../core/severity/severity.ts'
import type { Instant } from '../core/time/instant.ts'
import { callsFor } from './intake.ts'
import { callsForNew, type NextCall } from './next-calls.ts'

/** A rule that gave a finding its severity, or raised it. */
export interface SeverityStep {
  readonly ruleId: string
  readonly severity: FindingSeverity
  readonly isBuiltIn: boolean
}

/** What findings would have to have in common with this one to join its incident. */
export interface ExplainedGroup {
  /** Null where it is grouped as ever. */
  readonly ruleId: string | null
  readonly key: string
  readonly parts: readonly { readonly part: GroupingPart; readonly value: string }[]
}

/** What would become of a finding that nobody knows yet, and why. */
export interface Explained {
  readonly finding: Finding
  /** In their order; empty where the provider's own severity stands, or no rule gives one. */
  readonly severitySteps: readonly SeverityStep[]
  readonly group: ExplainedGroup
  /** Of the incident that it would open; null where it pages nobody. */
  readonly incidentSeverity: IncidentSeverity | null
  /** Why it pages nobody. */
  readonly reason: IgnoredReason | null
  readonly suppression: Suppression | null
  /** Who would be called for each seat; null without a directory. */
  readonly calls: readonly NextCall[] | null
}

/**
 * Judges a finding without taking it in.
 * @param directory null: the built-in rules alone, and a policy for every severity.
 */
export function explainFinding(ungraded: UngradedFinding, directory: Directory | null, now: Instant): Explained {
  const judged = judgeFinding(ungraded, directory ?? EMPTY_DIRECTORY, now)
  const { finding, suppression } = judged
  const incidentSeverity = directory === null ? ownSeverity(finding) : callsFor(finding, directory)
  const calls = directory === null ? null : callsOf(finding, directory, incidentSeverity, now)
  return {
    finding,
    severitySteps: stepsOf(judged, directory),
    group: groupOf(judged, directory),
    incidentSeverity,
    reason: incidentSeverity === null ? (finding.ignoredReason ?? 'NoPolicy') : null,
    suppression,
    calls,
  }
}

function ownSeverity({ ignoredReason, severity }: Finding): IncidentSeverity | null {
  return ignoredReason === null ? incidentSeverityOf(severity) : null
}

function callsOf(finding: Finding, directory: Directory, severity: IncidentSeverity | null, now: Instant): NextCall[] {
  return severity === null ? [] : callsForNew(directory, { severity, accountId: finding.accountId, finding }, now)
}

function stepsOf({ steps }: Judged, directory: Directory | null): SeverityStep[] {
  const own = new Set(directory?.findings?.severities.map(({ id }) => id))
  return steps.map((step) => ({ ...step, isBuiltIn: !own.has(step.ruleId) }))
}

const AS_EVER: readonly GroupingPart[] = ['account', 'actor', 'family']

function groupOf({ finding, groupingRuleId }: Judged, directory: Directory | null): ExplainedGroup {
  const { groups } = directory?.findings ?? NO_FINDING_RULES
  const rule = groups.find(({ id }) => id === groupingRuleId)
  // The key is a list of the parts' values; a rule's id in it is no text.
  const values = (JSON.parse(finding.groupKey) as unknown[]).filter((value) => typeof value === 'string')
  const parts = rule === undefined ? AS_EVER : (['account', ...rule.by] as const)
  const named = parts.map((part, index) => ({ part, value: values[index] ?? '' }))
  const distinct = named.filter(({ part }, index) => named.findIndex((other) => other.part === part) === index)
  return { ruleId: groupingRuleId, key: finding.groupKey, parts: distinct }
}
