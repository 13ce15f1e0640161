import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { MemoryTable } from '../../shared/adapters/memory/table.ts'
import type { Attribute, Condition, Table } from '../../shared/ports/table.ts'
import type { TableUnderTest } from './table-contract.ts'
import { dynaliteTable } from './table-dynalite.ts'

/** One operation; partitions are few, so that operations meet. Its answer is what both tables must agree on. */
type Operation = (table: Table, run: string) => Promise<unknown>

const TABLE = 'incidents'
const partition = fc.constantFrom('p', 'q')
const sort = fc.constantFrom('C#1', 'C#2', 'HEAD', 'é', '\uffee', '😀')
// The embedded database compares bounds by code units: the two characters whose orders differ are not both bounds.
const bound = sort.filter((sk) => sk !== '\uffee')
const at = fc.constantFrom('1', '2', '3')
const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.boolean(), fc.constantFrom('', 'a', 'b', '😀'))
const ordered = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom('', 'a', 'b'))
const attribute = fc.constantFrom('a', 'b')

const attributes: fc.Arbitrary<Attributes> = fc.record(
  { a: value, b: value, duePk: partition, dueAt: at, listPk: partition, listAt: at },
  { requiredKeys: [] },
)
type Attributes = Readonly<Record<string, Attribute>>

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom<Condition>({ kind: 'absent' }, { kind: 'present' }),
  fc.record({ kind: fc.constant('equal' as const), attribute, value }),
  fc.record({ kind: fc.constantFrom('lower' as const, 'absent-or-lower' as const), attribute, value: ordered }),
)
const someConditions = fc.array(condition, { maxLength: 2 })

/** Each run has partitions and index partitions of its own, so that the tables need not be emptied. */
function inRun(run: string, given: Attributes): Attributes {
  const { duePk, listPk } = given
  return { ...given, ...(duePk && { duePk: `${run}#${duePk}` }), ...(listPk && { listPk: `${run}#${listPk}` }) }
}

const put = fc.tuple(partition, sort, attributes, someConditions).map(
  ([pk, sk, given, conditions]): Operation =>
    (table, run) =>
      table.put(TABLE, { pk: `${run}#${pk}`, sk, ...inRun(run, given) }, conditions),
)

const update = fc
  .tuple(partition, sort, attributes, fc.uniqueArray(fc.constantFrom('a', 'b', 'dueAt', 'listPk')), someConditions)
  .map(
    ([pk, sk, given, names, conditions]): Operation =>
      (table, run) => {
        const set = inRun(run, given)
        const remove = names.filter((name) => !(name in set))
        return table.update(TABLE, { pk: `${run}#${pk}`, sk }, { set, remove }, conditions)
      },
  )

const remove = fc.tuple(partition, sort, someConditions).map(
  ([pk, sk, conditions]): Operation =>
    (table, run) =>
      table.delete(TABLE, { pk: `${run}#${pk}`, sk }, conditions),
)

const putMany = fc.tuple(partition, fc.uniqueArray(sort), attributes).map(
  ([pk, sks, given]): Operation =>
    (table, run) =>
      table.putMany(
        TABLE,
        sks.map((sk) => ({ pk: `${run}#${pk}`, sk, ...inRun(run, given) })),
      ),
)

const get = fc.tuple(partition, sort).map(
  ([pk, sk]): Operation =>
    (table, run) =>
      table.get(TABLE, { pk: `${run}#${pk}`, sk }),
)

const batchGet = fc.tuple(partition, fc.uniqueArray(sort)).map(
  ([pk, sks]): Operation =>
    async (table, run) => {
      const keys = sks.map((sk) => ({ table: TABLE, key: { pk: `${run}#${pk}`, sk } }) as const)
      const { items, leftOver } = await table.batchGet(keys)
      return [items.map(({ item }) => item).sort((left, right) => (left.sk < right.sk ? -1 : 1)), leftOver]
    },
)

const bounds = fc.record(
  { from: bound, until: bound, descending: fc.boolean(), limit: fc.integer({ min: 1, max: 7 }), after: bound },
  { requiredKeys: [] },
)
const query = fc.tuple(partition, bounds).map(
  ([pk, given]): Operation =>
    (table, run) =>
      table.query(TABLE, { pk: `${run}#${pk}`, ...given }),
)

/** Rows of one instant have no order of their own, so a whole index is read and sorted before it is compared. */
const queryIndex = fc
  .tuple(fc.constantFrom('due' as const, 'list' as const), partition, fc.boolean(), fc.option(at), fc.option(at))
  .map(
    ([index, pk, descending, from, until]): Operation =>
      async (table, run) => {
        const asked = { pk: `${run}#${pk}`, descending, limit: 100, ...(from && { from }), ...(until && { until }) }
        const { rows, next } = await table.queryIndex(TABLE, index, asked)
        return [rows.map((row) => row.at), rows.map((row) => JSON.stringify(row)).sort(), next]
      },
  )

const operations = fc.array(fc.oneof(put, put, update, remove, putMany, get, batchGet, query, queryIndex), {
  minLength: 5,
  maxLength: 30,
})

/** Refusals count as answers, by their kind: their words differ. */
async function answer(operation: Operation, table: Table, run: string): Promise<unknown> {
  try {
    return await operation(table, run)
  } catch (error) {
    return error instanceof Error ? error.name : error
  }
}

let dynamo: TableUnderTest
beforeAll(async () => {
  dynamo = await dynaliteTable()
})
afterAll(() => dynamo.close())

test('any operations get the same answers from memory and from DynamoDB', async () => {
  const memory = new MemoryTable()
  let runs = 0
  const property = fc.asyncProperty(operations, async (chosen) => {
    runs += 1
    for (const operation of chosen) {
      const [wanted, got] = await Promise.all([
        answer(operation, dynamo.table, `run${runs}`),
        answer(operation, memory, `run${runs}`),
      ])
      expect(got).toEqual(wanted)
    }
  })
  await fc.assert(property, { numRuns: 60 })
})
