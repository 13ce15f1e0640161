import type { Looked } from './looked.ts'
import { fail, judged, judgedThere, ok, strayed, type Verdict } from './verdict.ts'

export interface TableFacts {
  readonly isActive: boolean
  readonly isProtected: boolean
  /** ARN of the KMS key; null when the service's own key is used. */
  readonly keyArn: string | null
  readonly hasStream: boolean
}

export interface TableLooks {
  readonly logicalId: string
  /** What DynamoDB calls it. */
  readonly name: string
  readonly table: Looked<TableFacts | null>
  /** Whether it can be restored to any moment of the last days. */
  readonly recoverable: Looked<boolean | null>
  /** Id of the key that it must be encrypted with; null when the stack has none. */
  readonly keyId: string | null
  readonly needsStream: boolean
}

/** Whether a table can be written to, restored, is not deleted by mistake, and is encrypted with the stack's own key. */
export function judgeTable(looks: TableLooks): Verdict[] {
  const { logicalId, name, table } = looks
  const what = `table ${logicalId}`
  const recovery = judged(`${what}, its recovery`, looks.recoverable, (isOn) =>
    isOn === true
      ? ok(`${what}: point-in-time recovery`)
      : fail(`${what}: no point-in-time recovery`, recoveryCommand(name)),
  )
  if (table.status !== 'seen' || table.fact === null) {
    return [judgedThere(what, table, () => ok(what)), ...(table.status === 'seen' ? [] : [recovery])]
  }
  return [...judgeFacts(looks, table.fact, what), recovery]
}

function judgeFacts({ name, keyId, needsStream }: TableLooks, facts: TableFacts, what: string): Verdict[] {
  const isOwnKey = keyId !== null && (facts.keyArn?.endsWith(`/${keyId}`) ?? false)
  return [
    facts.isActive
      ? ok(`${what}: active`)
      : fail(`${what}: not active`, 'wait, or see what DynamoDB says of it; its key may be disabled'),
    facts.isProtected
      ? ok(`${what}: protected from deletion`)
      : fail(`${what}: not protected from deletion`, protectionCommand(name)),
    isOwnKey
      ? ok(`${what}: encrypted with the stack's DataKey`)
      : strayed(`${what}: not encrypted with the stack's DataKey`),
    ...(needsStream ? [facts.hasStream ? ok(`${what}: stream`) : strayed(`${what}: no stream`)] : []),
  ]
}

function protectionCommand(name: string): string {
  return `aws dynamodb update-table --table-name ${name} --deletion-protection-enabled`
}

function recoveryCommand(name: string): string {
  const setting = '--point-in-time-recovery-specification PointInTimeRecoveryEnabled=true'
  return `aws dynamodb update-continuous-backups --table-name ${name} ${setting}`
}
