import type { DeadLetters } from './dead-letters.ts'
import type { Inspection } from './inspection.ts'
import type { Table, TableName } from './table.ts'
import type { TimeSource } from './time.ts'

/** An account of AWS in one region, as the command line reaches it. */
export interface DeployedAccount {
  readonly region: string
  readonly inspection: Inspection
  readonly deadLetters: DeadLetters
  readonly time: TimeSource
  /** Muster's tables, by what DynamoDB calls them. */
  readonly table: (names: Readonly<Record<TableName, string>>) => Table
}
