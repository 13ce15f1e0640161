import { describe, expect, it } from 'vitest'
import { LocalTime } from '../../../../infra/local/local-time.ts'
import { epochMs } from '../../../../shared/core/time/instant.ts'

const START_MS = epochMs('2027-03-10T10:00:00.000Z')

function clock() {
  const real = { ms: START_MS, nowMs: () => real.ms, sleep: async () => {} }
  return real
}

describe('LocalTime', () => {
  it('runs with the machine, moved by its offset', () => {
    const real = clock()
    const time = new LocalTime(real, 3_600_000)
    expect(time.now()).toBe('2027-03-10T11:00:00.000Z')
    real.ms += 1500
    expect(time.now()).toBe('2027-03-10T11:00:01.500Z')
  })

  it('stands still while stopped, and goes on from there', () => {
    const real = clock()
    const time = new LocalTime(real, 0)
    time.stopAt('2027-03-12T00:00:00.000Z')
    real.ms += 5000
    expect(time.now()).toBe('2027-03-12T00:00:00.000Z')
    time.run()
    expect(time.now()).toBe('2027-03-12T00:00:00.000Z')
    real.ms += 1000
    expect(time.now()).toBe('2027-03-12T00:00:01.000Z')
  })

  it('never goes back: not to an earlier stop, and not with the machine', () => {
    const real = clock()
    const time = new LocalTime(real, 0)
    time.stopAt('2027-03-10T09:00:00.000Z')
    expect(time.now()).toBe('2027-03-10T10:00:00.000Z')
    time.run()
    real.ms -= 60_000
    expect(time.now()).toBe('2027-03-10T10:00:00.000Z')
  })
})
