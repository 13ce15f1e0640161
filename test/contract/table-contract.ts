import { afterAll, beforeAll, describe } from 'vitest'
import type { Table } from '../../shared/ports/table.ts'
import { describeConditions, describeDeletions, describeItems, describeUpdates } from './table-contract-items.ts'
import { describeBatches, describeRefusals, describeScans } from './table-contract-many.ts'
import { describeIndexes, describeQueries } from './table-contract-queries.ts'

export interface TableUnderTest {
  readonly table: Table
  close(): Promise<void>
}

/** What every adapter of the port `Table` must do; each test has partitions of its own. */
export function describeTableContract(name: string, make: () => Promise<TableUnderTest>): void {
  describe(`the table contract: ${name}`, () => {
    let under: TableUnderTest
    const table = (): Table => under.table
    beforeAll(async () => {
      under = await make()
    })
    afterAll(() => under.close())

    describe('one item', () => describeItems(table))
    describe('conditions', () => describeConditions(table))
    describe('deletions', () => describeDeletions(table))
    describe('updates', () => describeUpdates(table))
    describe('batches', () => describeBatches(table))
    describe('queries', () => describeQueries(table))
    describe('indexes', () => describeIndexes(table))
    describe('refusals', () => describeRefusals(table))
    describe('scans', () => describeScans(table))
  })
}
