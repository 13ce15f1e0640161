import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HourlySweep } from '../../../../infra/local/hourly-sweep.ts'
import { MemoryTable } from '../../../../shared/adapters/memory/table.ts'
import { type Instant, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { TransientFault } from '../../../../shared/ports/faults.ts'

const START: Instant = '2027-03-10T10:00:00.000Z'
const code = { pk: 'CODE#ana#4711', sk: 'P', at: START, incidentId: 'inc-1', role: 'legal-counsel' }

let table: MemoryTable
let now: Instant
let lines: string[]
let sweep: HourlySweep
beforeEach(() => {
  table = new MemoryTable()
  now = START
  lines = []
  const real = { nowMs: () => 0, sleep: async () => {} }
  sweep = new HourlySweep({ table, time: { now: () => now }, real }, (line) => lines.push(line))
})
afterEach(async () => {
  await sweep.stop()
  vi.useRealTimers()
})

describe('the local sweep', () => {
  it('runs at the start, and again when an hour of Muster’s time has passed, however far that goes', async () => {
    const get = vi.spyOn(table, 'get')
    await sweep.look()
    now = plusSeconds(START, 3599)
    await sweep.look()
    expect(get).toHaveBeenCalledTimes(1)
    now = plusSeconds(START, 40 * 24 * 3600)
    await Promise.all([sweep.look(), sweep.look()])
    expect(get).toHaveBeenCalledTimes(2)
  })

  it('says what went, and nothing when nothing did', async () => {
    await table.put('incidents', code)
    await sweep.look()
    expect(lines).toEqual([])
    now = plusSeconds(START, 32 * 24 * 3600)
    await sweep.look()
    expect(lines).toEqual(['swept what has reached its end: 1 reply-code'])
    expect(await table.get('incidents', code)).toBeNull()
  })

  it('looks each minute of real time, until it is stopped', async () => {
    vi.useFakeTimers()
    const look = vi.spyOn(sweep, 'look')
    sweep.start()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(look).toHaveBeenCalledTimes(3)
    await sweep.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect(look).toHaveBeenCalledTimes(3)
  })

  it('says what kept it from working, and goes on an hour later', async () => {
    const scanPage = vi.spyOn(table, 'scanPage').mockRejectedValueOnce(new TransientFault('throttled'))
    await sweep.look()
    scanPage.mockRejectedValueOnce(new Error('gone'))
    now = plusSeconds(START, 3600)
    await sweep.look()
    now = plusSeconds(START, 7200)
    await sweep.look()
    expect(lines).toEqual(['sweep interrupted, going on in an hour: throttled', 'sweep failed: gone'])
    expect(scanPage).toHaveBeenCalledTimes(4)
  })
})
