import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../shared/adapters/memory/table.ts'
import { openCalls } from '../../shared/app/open-calls.ts'
import { recordReceipt } from '../../shared/app/record-receipt.ts'
import { openCode } from '../../shared/app/reply-codes.ts'
import { receiptKey } from '../../shared/app/rows/keys.ts'
import { plusSeconds } from '../../shared/core/time/instant.ts'
import type { InMemoryMuster } from '../unit/app/in-memory-muster.ts'
import { COMMANDER, codeShown, SEAT, textMuster } from '../unit/app/text-muster.ts'
import type { TableUnderTest } from './table-contract.ts'
import { dynaliteTable } from './table-dynalite.ts'

const STORES: readonly [string, () => Promise<TableUnderTest>][] = [
  ['memory', async () => ({ table: new MemoryTable(), close: async () => {} })],
  ['DynamoDB', dynaliteTable],
]

/** The rows by which replies are understood mean the same in every store, list index and conditions included. */
describe.each(STORES)('rows for replies in %s', (_, start) => {
  let store: TableUnderTest
  let muster: InMemoryMuster
  let incidentId: string

  beforeAll(async () => {
    store = await start()
    muster = await textMuster(store.table)
    incidentId = await muster.open()
  })
  afterAll(() => store.close())

  it('a code stands for its seat for a day, and is listed by its person', async () => {
    const code = codeShown(muster, COMMANDER)
    const seat = { incidentId, role: SEAT, responderId: COMMANDER }
    expect(await openCode(muster.table, COMMANDER, code, muster.now)).toEqual({ ...seat, code, at: muster.now })
    expect(await openCalls(muster.table, COMMANDER, 'acknowledge', muster.now)).toMatchObject([seat])
    expect(await openCalls(muster.table, 'legal-counsel-2', 'acknowledge', muster.now)).toEqual([])
    const tomorrow = plusSeconds(muster.now, 24 * 3600)
    expect(await openCode(muster.table, COMMANDER, code, tomorrow)).toBeNull()
    expect(await openCalls(muster.table, COMMANDER, 'acknowledge', tomorrow)).toEqual([])
  })

  it('a later page moves the code’s day, an earlier one does not', async () => {
    const code = codeShown(muster, COMMANDER)
    const first = muster.now
    await muster.advance(incidentId, 1800)
    const again = (await openCode(muster.table, COMMANDER, code, muster.now))?.at ?? ''
    expect(again > first).toBe(true)
    expect(await openCalls(muster.table, COMMANDER, 'acknowledge', plusSeconds(first, 24 * 3600))).toHaveLength(1)
  })

  it('a receipt is kept as it came first', async () => {
    const { effectId } = muster.sent[0] ?? { effectId: '' }
    const at = muster.now
    const receipt = { kind: 'receipt', id: 'm-1.TEXT_DELIVERED.1', effectId, type: 'TEXT_DELIVERED', at } as const
    await recordReceipt(muster.deps, { ...receipt, meaning: 'noted' })
    await recordReceipt(muster.deps, { ...receipt, meaning: 'noted', at: plusSeconds(at, 5) })
    const row = await muster.table.get('incidents', receiptKey(effectId, receipt.id))
    expect(row).toMatchObject({ type: 'TEXT_DELIVERED', meaning: 'noted', at })
  })
})
