import database from 'dynalite/db/index.js'

type Store = ReturnType<typeof database.create>['db']
type TableRecord = Parameters<typeof database.getIndexActions>[3]
type Operation = Parameters<Store['batch']>[0][number]

const BATCH = 1000

/**
 * Puts right what a kill can leave behind, before the database is served: dynalite writes an item's index rows and the
 * item one after the other, and makes a table usable in a second step. So every index is made again from its items, and
 * a table in the making is finished. Rejects with the store's error, its `cause.code` `LEVEL_LOCKED` while another
 * process has it open.
 */
export async function mendStore(path: string): Promise<void> {
  const { db } = database.create({ path })
  await db.open()
  try {
    for await (const [key, value] of db.iterator(prefixed('table~'))) {
      const table = value as TableRecord
      await finishTable(db, key, table)
      await remakeIndexes(db, table)
    }
  } finally {
    await db.close()
  }
}

async function finishTable(db: Store, key: string, table: TableRecord): Promise<void> {
  if (table.TableStatus === 'ACTIVE') return
  const indexes = (table.GlobalSecondaryIndexes ?? []).map((index) => ({ ...index, IndexStatus: 'ACTIVE' }))
  const finished = { ...table, TableStatus: 'ACTIVE', GlobalSecondaryIndexes: indexes }
  await db.batch([{ type: 'put', key, value: finished }])
}

async function remakeIndexes(db: Store, table: TableRecord): Promise<void> {
  const wanted = await wantedRows(db, table)
  const mending: Operation[] = []
  for (const { IndexName } of table.GlobalSecondaryIndexes ?? []) {
    for await (const [key, value] of db.iterator(prefixed(indexPrefix(table, IndexName)))) {
      const row = wanted.get(key)
      if (row === undefined) mending.push({ type: 'del', key })
      else if (JSON.stringify(row) === JSON.stringify(value)) wanted.delete(key)
    }
  }
  for (const [key, value] of wanted) mending.push({ type: 'put', key, value })
  for (let at = 0; at < mending.length; at += BATCH) await db.batch(mending.slice(at, at + BATCH))
}

async function wantedRows(db: Store, table: TableRecord): Promise<Map<string, unknown>> {
  const rows = new Map<string, unknown>()
  const range = { ...prefixed(`item-${table.TableName}~`), valueEncoding: 'utf8' } as const
  for await (const [, text] of db.iterator(range)) {
    // Most items are in no index: looking for the attribute's name first saves reading them, which is most of the time.
    if (!inSomeIndex(text, table)) continue
    const { puts } = database.getIndexActions(table.GlobalSecondaryIndexes, null, JSON.parse(text), table)
    for (const put of puts) rows.set(`${indexPrefix(table, put.index)}${put.key}`, put.item)
  }
  return rows
}

function inSomeIndex(text: string, table: TableRecord): boolean {
  const partitions = (table.GlobalSecondaryIndexes ?? []).flatMap((index) => index.KeySchema.slice(0, 1))
  return partitions.some(({ AttributeName }) => text.includes(JSON.stringify(AttributeName)))
}

function indexPrefix(table: TableRecord, index: string): string {
  return `index-global~${table.TableName}~${index}~`
}

function prefixed(prefix: string): { gte: string; lt: string } {
  return { gte: prefix, lt: `${prefix}\uffff` }
}
