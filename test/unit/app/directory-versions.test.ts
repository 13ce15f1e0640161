import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { directoryReader, importDirectory } from '../../../shared/app/directory-versions.ts'
import type { Directory, Responder } from '../../../shared/core/directory/directory.ts'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'

const NOW = '2027-03-10T10:00:00.000Z'
let table: MemoryTable

beforeEach(() => {
  table = new MemoryTable()
})

function directory(names: readonly string[]): Directory {
  const responders = names.map(
    (name): Responder => ({
      id: name,
      name: `Sample ${name} ${'ü'.repeat(200)}`,
      zone: 'Europe/Berlin',
      roles: [],
      offDutyCalls: false,
      channels: [],
      absences: [],
      quietHours: null,
      leavesAt: null,
      principals: [],
    }),
  )
  return { version: 1, responders, rotations: [], policies: [], accounts: [] }
}

describe('directory versions', () => {
  it('starts empty', async () => {
    expect(await directoryReader(table).current()).toMatchObject({ id: 'none', directory: { responders: [] } })
  })

  it('imports one larger than an item, and reads it back the same', async () => {
    const large = directory(Array.from({ length: 1500 }, (_, number) => `person-${number}`))
    const id = await importDirectory(table, large, NOW)
    expect(await directoryReader(table).current()).toEqual({ id, directory: large })
  })

  it('imports one larger than a page of a query', async () => {
    const large = directory(Array.from({ length: 4000 }, (_, number) => `person-${number}`))
    expect(JSON.stringify(large).length).toBeGreaterThan(1024 * 1024)
    const id = await importDirectory(table, large, NOW)
    expect(await directoryReader(table).current()).toEqual({ id, directory: large })
  })

  it('points at the newest and keeps the old version readable', async () => {
    const reader = directoryReader(table)
    const first = await importDirectory(table, directory(['ana']), NOW)
    expect((await reader.current()).id).toBe(first)
    const second = await importDirectory(table, directory(['ben']), NOW)
    expect((await reader.current()).directory.responders.map(({ id }) => id)).toEqual(['ben'])
    expect(second).not.toBe(first)
    expect((await directoryReader(table).version(first)).directory.responders.map(({ id }) => id)).toEqual(['ana'])
  })

  it('again the same changes nothing', async () => {
    const first = await importDirectory(table, directory(['ana']), NOW)
    const before = await table.get('incidents', { pk: 'DIR', sk: 'NOW' })
    expect(await importDirectory(table, directory(['ana']), '2027-04-01T00:00:00.000Z')).toBe(first)
    expect(await table.get('incidents', { pk: 'DIR', sk: 'NOW' })).toEqual(before)
  })

  it('parts without a pointer are no version yet: a crash in between leaves the old one', async () => {
    const first = await importDirectory(table, directory(['ana']), NOW)
    await table.put('incidents', { pk: 'DIR#half', sk: 'PART#0000', body: '{"version":1' })
    expect((await directoryReader(table).current()).id).toBe(first)
  })

  it('refuses the loser of two imports at once, who may try again', async () => {
    await importDirectory(table, directory(['ana']), NOW)
    const both = await Promise.allSettled([
      importDirectory(table, directory(['ben']), NOW),
      importDirectory(table, directory(['cho']), NOW),
    ])
    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused).toHaveLength(1)
    expect(refused[0]).toBeInstanceOf(TransientFault)
  })

  it('an unknown version is a fault', async () => {
    await expect(directoryReader(table).version('missing')).rejects.toBeInstanceOf(PermanentFault)
  })
})
