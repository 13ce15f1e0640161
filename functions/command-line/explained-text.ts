import type { Explained } from '../../shared/app/explain-finding.ts'
import type { NextCall } from '../../shared/app/next-calls.ts'
import { FROM_THE_BEGINNING } from '../../shared/core/directory/finding-rules.ts'
import { findingFields } from './read-findings.ts'
import { plainText } from './table-text.ts'

/** What is explained of a finding, for other programs. */
export function explainedFields(explained: Explained): Record<string, unknown> {
  const { finding, severitySteps, group, incidentSeverity, reason, suppression, calls } = explained
  return {
    ...findingFields(finding),
    severitySteps,
    group,
    page: incidentSeverity !== null,
    reason,
    suppression: suppression && { ...suppression, from: beginningOf(suppression.from) },
    incidentSeverity,
    calls: calls?.map(({ role, next, skipped }) => ({ role, next, skipped })) ?? null,
  }
}

function beginningOf(from: string): string | null {
  return from === FROM_THE_BEGINNING ? null : from
}

/** The same for people: a paragraph. */
export function explainedText(file: string, index: number, explained: Explained): string {
  const { finding } = explained
  const lines = [
    `${file} [${index}]  ${finding.source}  ${finding.type}`,
    `  ${finding.title}`,
    `  severity  ${severityText(explained)}`,
    `  group     ${groupText(explained)}`,
    `  ${outcomeText(explained)}`,
    ...(explained.calls ?? []).map(callText),
  ]
  return `${lines.map(plainText).join('\n')}\n`
}

export function refusedText(
  file: string,
  index: number,
  { path, line, expected }: { readonly path: string; readonly line: number | null; readonly expected: string },
): string {
  return plainText(`${file}:${line ?? '-'} [${index}]  fits no kind: ${path || 'the event'}: expected ${expected}`)
}

function severityText({ finding, severitySteps }: Explained): string {
  const { severity, nativeSeverity, ignoredReason } = finding
  if (severitySteps.length === 0) {
    return ignoredReason === 'NoSeverityRule'
      ? `${severity}: no rule gives it one`
      : `${severity}, the provider's own (${nativeSeverity})`
  }
  const steps = severitySteps.map(
    ({ ruleId, severity: given, isBuiltIn }) => `${given} by the ${isBuiltIn ? 'built-in ' : ''}rule ${ruleId}`,
  )
  return steps.length === 1 ? (steps[0] ?? severity) : `${severity}: ${steps.join(', then ')}`
}

function groupText({ group }: Explained): string {
  const parts = group.parts.map(({ part, value }) => `${part} ${value === '' ? '(none)' : value}`)
  return `${parts.join(', ')}${group.ruleId === null ? '' : ` (rule ${group.ruleId})`}`
}

function outcomeText({ incidentSeverity, reason, suppression }: Explained): string {
  if (incidentSeverity !== null) return `pages     as ${incidentSeverity}`
  if (suppression === null) return `set aside ${reason}`
  const { id, owner, until, reason: why } = suppression
  return `set aside ${reason}: rule ${id} of ${owner} until ${until}: ${why}`
}

function callText({ role, next, skipped }: NextCall): string {
  const passed = skipped.map(({ responderId, reason }) => `${responderId} (${reason})`)
  const over = passed.length === 0 ? '' : `; passed over: ${passed.join(', ')}`
  return `  calls     ${role}: ${next === null ? 'nobody' : `${next.responderId} (${next.reason}) at ${next.at}`}${over}`
}
