import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import type { Dependencies } from '../../../shared/app/dependencies.ts'
import { directoryReader, importDirectory } from '../../../shared/app/directory-versions.ts'
import { directoryPointerKey } from '../../../shared/app/rows/keys.ts'
import type { Directory, Responder } from '../../../shared/core/directory/directory.ts'
import { ConflictFault, PermanentFault } from '../../../shared/ports/faults.ts'

const NOW = '2027-03-10T10:00:00.000Z'
let table: MemoryTable
let deps: Pick<Dependencies, 'table' | 'real' | 'random'>

beforeEach(() => {
  table = new MemoryTable()
  deps = {
    table,
    real: { nowMs: () => 0, sleep: async () => {} },
    random: { unit: () => 0.5, id: () => 'one' },
  }
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
    const id = await importDirectory(deps, large, NOW)
    expect(await directoryReader(table).current()).toEqual({ id, directory: large })
  })

  it('imports one larger than a page of a query', async () => {
    const large = directory(Array.from({ length: 4000 }, (_, number) => `person-${number}`))
    expect(JSON.stringify(large).length).toBeGreaterThan(1024 * 1024)
    const id = await importDirectory(deps, large, NOW)
    expect(await directoryReader(table).current()).toEqual({ id, directory: large })
  })

  it('points at the newest and keeps the old version readable', async () => {
    const reader = directoryReader(table)
    const first = await importDirectory(deps, directory(['ana']), NOW)
    expect((await reader.current()).id).toBe(first)
    const second = await importDirectory(deps, directory(['ben']), NOW)
    expect((await reader.current()).directory.responders.map(({ id }) => id)).toEqual(['ben'])
    expect(second).not.toBe(first)
    expect((await directoryReader(table).version(first)).directory.responders.map(({ id }) => id)).toEqual(['ana'])
  })

  it('again the same changes nothing', async () => {
    const first = await importDirectory(deps, directory(['ana']), NOW)
    const before = await table.get('incidents', { pk: 'DIR', sk: 'NOW' })
    expect(await importDirectory(deps, directory(['ana']), '2027-04-01T00:00:00.000Z')).toBe(first)
    expect(await table.get('incidents', { pk: 'DIR', sk: 'NOW' })).toEqual(before)
  })

  it('parts without a pointer are no version yet: a crash in between leaves the old one', async () => {
    const first = await importDirectory(deps, directory(['ana']), NOW)
    await table.put('incidents', { pk: 'DIR#half', sk: 'PART#0000', body: '{"version":1' })
    expect((await directoryReader(table).current()).id).toBe(first)
  })

  it('of two imports at once both are stored, one after the other', async () => {
    await importDirectory(deps, directory(['ana']), NOW)
    const imports = ['ben', 'cho', 'dee'].map((name) => importDirectory(deps, directory([name]), NOW))
    const versions = await Promise.all(imports)
    expect(new Set(versions)).toHaveProperty('size', 3)
    expect(await table.get('incidents', directoryPointerKey)).toMatchObject({ number: 4 })
    expect(versions).toContain((await directoryReader(table).current()).id)
  })

  it('gives up after ten seconds of others who are always faster', async () => {
    let sleptMs = 0
    table.put = async () => false
    const sleep = async (ms: number) => {
      sleptMs += ms
    }
    const real = { nowMs: () => sleptMs, sleep }
    await expect(importDirectory({ ...deps, real }, directory(['ana']), NOW)).rejects.toBeInstanceOf(ConflictFault)
    expect(sleptMs).toBeGreaterThanOrEqual(10_000)
    expect(sleptMs).toBeLessThan(10_100)
  })

  it('an unknown version is a fault', async () => {
    await expect(directoryReader(table).version('missing')).rejects.toBeInstanceOf(PermanentFault)
  })
})
