import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { readFinding } from '../../../shared/app/rows/finding-row.ts'
import { findingKey } from '../../../shared/app/rows/keys.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import type { Item } from '../../../shared/ports/table.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

/** Notes how findings are written. */
class NotingTable extends MemoryTable {
  readonly singles: string[] = []
  readonly bulks: string[][] = []

  override put(...args: Parameters<MemoryTable['put']>): Promise<boolean> {
    if (args[0] === 'findings') this.singles.push(args[1].pk)
    return super.put(...args)
  }

  override putMany(...args: Parameters<MemoryTable['putMany']>): Promise<readonly Item[]> {
    if (args[0] === 'findings') this.bulks.push(args[1].map(({ pk }) => pk))
    return super.putMany(...args)
  }
}

let table: NotingTable
let muster: InMemoryMuster

beforeEach(async () => {
  table = new NotingTable()
  muster = await InMemoryMuster.start(table)
})

const named = (count: number): Finding[] =>
  Array.from({ length: count }, (_, n) => finding(`f${n}`, 'user', muster.now))

const later = (one: Finding): Finding => ({
  ...one,
  version: { ...one.version, updatedAt: plusSeconds(one.version.updatedAt, 60) },
  count: 9,
})

async function ingested(...findings: Finding[]): Promise<string> {
  const [result] = await muster.ingest(...findings)
  return result?.incidentId ?? ''
}

async function revisionOf({ key }: Finding): Promise<unknown> {
  return (await table.get('findings', findingKey(key)))?.revision
}

describe("a commit's findings", () => {
  it('are written one by one while they are few', async () => {
    await muster.follow(await ingested(...named(3)))
    expect([table.singles.length, table.bulks.length]).toEqual([3, 0])
  })

  it('are written in bulk where they are many, 25 at a time', async () => {
    const all = named(60)
    await muster.follow(await ingested(...all))
    expect([table.singles.length, table.bulks.map(({ length }) => length)]).toEqual([0, [25, 25, 10]])
    expect(await Promise.all(all.map(revisionOf))).toEqual(all.map(() => 1))
  })

  it('of several commits are written once each, as the last has them', async () => {
    const all = named(5)
    const incidentId = await ingested(...all)
    await ingested(...all.map(later))
    await muster.follow(incidentId)
    expect(table.bulks.flat()).toHaveLength(5)
    const row = await table.get('findings', findingKey(all[0]?.key ?? ''))
    expect(row && readFinding(row)).toMatchObject({ revision: 2, incidentId, finding: { count: 9 } })
  })

  it('do not take the place of a newer row, in bulk either', async () => {
    const all = named(5)
    const incidentId = await ingested(...all)
    const newer = { ...findingKey(all[0]?.key ?? ''), revision: 7, body: '{}' }
    await table.put('findings', newer)
    table.singles.length = 0
    await muster.follow(incidentId)
    expect(await Promise.all(all.map(revisionOf))).toEqual([7, 1, 1, 1, 1])
    await dispatchCommits(muster.deps, incidentId, [1])
    expect(table.bulks.flat()).toHaveLength(4)
  })
})
