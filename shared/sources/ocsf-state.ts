import * as z from 'zod/mini'
import type { FindingState } from '../core/findings/finding.ts'
import { furthestState } from '../core/findings/ignored.ts'
import type { FindingSeverity } from '../core/severity/severity.ts'
import { isTrue } from './guardduty.ts'
import { exactPart, optionalCount, optionalText } from './tolerant-schema.ts'

const word = optionalText(256)

/** What of an OCSF finding says how bad it is, and where its provider has it. */
export const ocsfStanding = {
  severity: word,
  severity_id: optionalCount,
  status: word,
  status_id: optionalCount,
  state: word,
  state_id: optionalCount,
  activity_id: optionalCount,
  activity_name: word,
  compliance: exactPart({ status: word, status_id: optionalCount, control: word }),
  unmapped: z.catch(z.record(z.string(), z.unknown()), {}),
}
const standing = z.object(ocsfStanding)
type Standing = z.output<typeof standing>

const SEVERITY_OF_ID: readonly (FindingSeverity | undefined)[] = [
  undefined,
  'INFORMATIONAL',
  'LOW',
  'MEDIUM',
  'HIGH',
  'CRITICAL',
  'CRITICAL',
]
const SEVERITY_OF_WORD: Readonly<Record<string, FindingSeverity>> = {
  informational: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
  fatal: 'CRITICAL',
}
const STATE_OF_ID: Readonly<Record<number, FindingState>> = {
  2: 'notified',
  3: 'suppressed',
  4: 'resolved',
  5: 'archived',
  6: 'archived',
}
const STATE_OF_WORD: Readonly<Record<string, FindingState>> = {
  'in progress': 'notified',
  notified: 'notified',
  suppressed: 'suppressed',
  resolved: 'resolved',
  archived: 'archived',
  deleted: 'archived',
}
const CLOSE = 3
const PASS = 1

/** Null for Unknown, Other and no severity at all, where no word says more. Fatal is the worst that Muster has. */
export function ocsfSeverity({ severity_id: id, severity }: Standing): FindingSeverity | null {
  return SEVERITY_OF_ID[id ?? 0] ?? SEVERITY_OF_WORD[severity?.toLowerCase() ?? ''] ?? null
}

/**
 * A number counts before its word; 0 and 99 leave it to the word. A provider that closes a finding has archived it.
 * Security Lake keeps ASFF's and GuardDuty's own in `unmapped`.
 */
export function ocsfState(finding: Standing): FindingState {
  const { compliance, unmapped } = finding
  const states: (FindingState | undefined)[] = [
    numbered(finding.status_id, finding.status) ?? numbered(finding.state_id, finding.state),
    ofWorkflow(unmapped.WorkflowState ?? unmapped['Workflow.Status']),
    isClosed(finding) || isArchived(unmapped) ? 'archived' : undefined,
    hasPassed(compliance) ? 'passed' : undefined,
  ]
  return furthestState(states.filter((state) => state !== undefined))
}

function numbered(id: number | undefined, word: string | undefined): FindingState | undefined {
  if (id !== undefined && id !== 0 && id !== 99) return STATE_OF_ID[id]
  return STATE_OF_WORD[word?.toLowerCase() ?? '']
}

function ofWorkflow(workflow: unknown): FindingState | undefined {
  return typeof workflow === 'string' ? STATE_OF_WORD[workflow.toLowerCase()] : undefined
}

function isClosed({ activity_id: id, activity_name: name }: Standing): boolean {
  return id === CLOSE || (id === undefined && name?.toLowerCase() === 'close')
}

function isArchived(unmapped: Standing['unmapped']): boolean {
  const record = unmapped.RecordState
  const isRecordArchived = typeof record === 'string' && record.toUpperCase() === 'ARCHIVED'
  return isRecordArchived || isTrue(unmapped['ProductFields.aws/guardduty/service/archived'])
}

function hasPassed({ status_id: id, status }: Standing['compliance']): boolean {
  return id === undefined || id === 0 ? /^pass(?:ed)?$/i.test(status ?? '') : id === PASS
}
