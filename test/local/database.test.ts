import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import database from 'dynalite/db/index.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { LOCAL_CONNECTION, LOCAL_TABLES, type LocalDatabase, startDatabase } from '../../infra/local/database.ts'
import { createDynamoClient } from '../../shared/adapters/dynamodb/client.ts'
import { dynamoTable } from '../../shared/adapters/dynamodb/table.ts'
import type { Table } from '../../shared/ports/table.ts'
import { Started } from './started.ts'

const key = { pk: 'x', sk: 'x' }

describe('the local database', () => {
  let folder: string
  let open: LocalDatabase[]
  const start = async (onExit?: (reason: string) => void): Promise<LocalDatabase> => {
    const one = await startDatabase({ folder, ...(onExit && { onExit }) })
    open.push(one)
    return one
  }
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-database-'))
    open = []
  })
  afterEach(async () => {
    for (const one of open) await one.stop()
    await rm(folder, { recursive: true })
  })

  test('what was stored is there after a stop and a start', async () => {
    const first = await start()
    await first.table.put('incidents', { ...key, n: 1 })
    await first.stop()
    const second = await start()
    expect(await second.table.get('incidents', key)).toEqual({ ...key, n: 1 })
    expect(await second.table.get('findings', key)).toBeNull()
  })

  test('a second start waits for one that is about to end', async () => {
    const first = await start()
    await first.table.put('incidents', key)
    const second = start()
    await wait(400)
    await first.stop()
    expect(await (await second).table.get('incidents', key)).toEqual(key)
  })

  test('files that another process keeps open are a clear error', async () => {
    await start()
    await expect(start()).rejects.toThrow(/did not start: the database in .* is in use by another process/)
  })

  test('a folder that cannot be used is a clear error', async () => {
    await mkdir(join(folder, 'database'))
    await writeFile(join(folder, 'database', 'CURRENT'), 'nothing of sense')
    await expect(start()).rejects.toThrow(/the local database did not start/)
  })

  test('signals of the terminal do not end it: the parent decides', async () => {
    const reasons: string[] = []
    const { pid, table } = await start((reason) => reasons.push(reason))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid, signal)
    await wait(100)
    expect(await table.put('incidents', key)).toBe(true)
    expect(reasons).toEqual([])
  })

  test('an end that nobody asked for is told, with the reason; a stop is not', async () => {
    const told = Promise.withResolvers<string>()
    const { pid } = await start(told.resolve)
    process.kill(pid, 'SIGKILL')
    expect(await told.promise).toContain('the database ended (SIGKILL)')
    const reasons: string[] = []
    const second = await start((reason) => reasons.push(reason))
    await second.stop()
    await wait(50)
    expect(reasons).toEqual([])
  })

  test('a web page gets no answer', async () => {
    const { endpoint } = await start()
    const origin = 'https://attacker.example'
    for (const method of ['OPTIONS', 'POST']) {
      const answer = await fetch(endpoint, { method, headers: { origin } })
      expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([403, null])
    }
  })

  test('only the process that started it gets an answer: another user of the machine does not know its key', async () => {
    const { endpoint, table } = await start()
    await table.put('incidents', key)
    expect((await fetch(endpoint, { method: 'POST', body: '{}' })).status).toBe(403)
    const client = createDynamoClient({ ...LOCAL_CONNECTION, endpoint })
    const stranger = dynamoTable({ client, names: LOCAL_TABLES })
    await expect(stranger.get('incidents', key)).rejects.toThrow()
    await expect(stranger.put('incidents', { ...key, n: 1 })).rejects.toThrow()
    client.destroy()
    expect(await table.get('incidents', key)).toEqual(key)
  })

  test('a caller that hangs up in the middle of a request does not end it', async () => {
    const { endpoint, table } = await start()
    const socket = connect(Number(new URL(endpoint).port), '127.0.0.1')
    socket.write('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf')
    await wait(100)
    socket.resetAndDestroy()
    await wait(100)
    expect(await table.put('incidents', key)).toBe(true)
  })

  test('its parent killed, it is gone within two seconds, with all that was stored in the files', async () => {
    const parent = new Started('database', folder)
    const first = await parent.next<{ endpoint: string; pid: number }>()
    let stored = -1
    while (stored < 20) stored = (await parent.next<{ stored: number }>())?.stored ?? 99
    await parent.kill()
    expect(await endsWithin(2000, String(first?.endpoint))).toBe(true)
    for (let said = await parent.next<{ stored: number }>(); said !== null; said = await parent.next())
      stored = said.stored
    const { table } = await start()
    for (let n = 0; n <= stored; n += 1) {
      expect(await table.get('incidents', { pk: `item#${n}`, sk: 'x' })).toMatchObject({ dueAt: 'late' })
    }
    expect(await indexedRows(table)).toEqual(await rowsOfItems(table))
  })

  test('killed itself while it writes, it has an index again that agrees with its items', async () => {
    for (let round = 0; round < 3; round += 1) {
      const parent = new Started('database', join(folder, `${round}`))
      const first = await parent.next<{ endpoint: string; pid: number }>()
      await parent.next()
      await wait(20 * round)
      process.kill(first?.pid ?? 0, 'SIGKILL')
      await parent.kill()
      const again = await startDatabase({ folder: join(folder, `${round}`) })
      open.push(again)
      expect(await indexedRows(again.table)).toEqual(await rowsOfItems(again.table))
    }
  })

  test('an index row too many or missing, and a table half made, are put right at the start', async () => {
    const first = await start()
    await first.table.put('incidents', { ...key, duePk: 'shard', dueAt: '1' })
    await first.table.put('incidents', { ...key, sk: 'y', duePk: 'shard', dueAt: '2' })
    await first.stop()
    await spoil(join(folder, 'database'))
    const { table } = await start()
    expect(await indexedRows(table)).toEqual([
      { ...key, at: '1' },
      { ...key, sk: 'y', at: '2' },
    ])
  })
})

/** Takes one index row away, adds one of an item that is not there, and leaves a table as if it were in the making. */
async function spoil(path: string): Promise<void> {
  const { db } = database.create({ path })
  await db.open()
  const prefix = 'index-global~muster-incidents~due~'
  for await (const [row, value] of db.iterator({ gte: prefix, lt: `${prefix}~` })) {
    const { dueAt } = value as { dueAt: { S: string } }
    if (dueAt.S !== '1') continue
    await db.batch([{ type: 'del', key: row }])
    const stale = { ...(value as object), sk: { S: 'gone' } }
    await db.batch([{ type: 'put', key: row.replace(/\/[^/]*$/, '/ffffff'), value: stale }])
  }
  for await (const [row, value] of db.iterator({ gte: 'table~', lt: 'table~~' })) {
    await db.batch([{ type: 'put', key: row, value: { ...(value as object), TableStatus: 'CREATING' } }])
  }
  await db.close()
}

async function indexedRows(table: Table): Promise<unknown[]> {
  const { rows } = await table.queryIndex('incidents', 'due', { pk: 'shard', limit: 1000 })
  return [...rows].sort((left, right) => (left.pk + left.sk < right.pk + right.sk ? -1 : 1))
}

async function rowsOfItems(table: Table): Promise<unknown[]> {
  const rows: { pk: string; sk: string; at: unknown }[] = []
  for await (const { pk, sk, dueAt } of table.scan('incidents')) rows.push({ pk, sk, at: dueAt })
  return rows.sort((left, right) => (left.pk + left.sk < right.pk + right.sk ? -1 : 1))
}

/** Whether nobody listens there any more in time. (Its process id can live on as an entry that nobody has collected.) */
async function endsWithin(milliseconds: number, endpoint: string): Promise<boolean> {
  const deadline = performance.now() + milliseconds
  while (await listens(Number(new URL(endpoint).port))) {
    if (performance.now() > deadline) return false
    await wait(10)
  }
  return true
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true))
    socket.on('error', () => resolve(false)).on('connect', () => socket.destroy())
  })
}
