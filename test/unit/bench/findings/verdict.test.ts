import { describe, expect, it } from 'vitest'
import type { Results, Round } from '../../../bench/findings/results.ts'
import { STORM_KINDS } from '../../../bench/findings/storms.ts'
import { breaches, isAsMeant, limitsOf } from '../../../bench/findings/verdict.ts'

const ALERTS = STORM_KINDS.map((kind) => ({ kind, ms: 100, cpuMs: 150, notifiedGroups: 1, mostMemoryMb: 100 }))

function stormsOf(ms: number): Round['muster']['memory'] {
  const incidents = { distinct: 1, duplicates: 0, groups: 100 }
  return STORM_KINDS.map((kind) => ({
    kind,
    takenInMs: ms,
    ms,
    cpuMs: 150,
    databaseCpuMs: 0,
    requests: 1000,
    incidents: incidents[kind],
    oncePerSeat: incidents[kind],
    again: 0,
    mostMemoryMb: 100,
  }))
}

function roundOf(memoryMs: number): Round {
  const alertmanager = { whole: ALERTS, lean: ALERTS }
  return { alertmanager, muster: { memory: stormsOf(memoryMs), dynalite: stormsOf(400).slice(0, 2) } }
}

const METERED = {
  kind: 'distinct',
  findings: 100,
  requestsPerFinding: 1,
  mostRequestsPerDistinctFinding: 1,
  readUnitsPerFinding: 1,
  writeUnitsPerFinding: 1,
  indexWritesPerFinding: 0,
  writtenTwice: { 'incidents INC C': 2 },
} as const
const each = (value: number) => ({ distinct: value, duplicates: value })

/** At every limit, and beyond none. */
const GOOD: Results = {
  alertmanagerVersion: '0.25.0',
  sizes: {
    rounds: 3,
    storm: 1000,
    dynaliteStorm: 1000,
    meteredStorm: 100,
    open: [10, 1000],
    probes: 10,
    probesStorm: 100,
  },
  rounds: [roundOf(100), roundOf(90), roundOf(900)],
  metered: { memory: [METERED], dynalite: [METERED] },
  growth: [
    { open: 10, requestsPerFinding: each(1), usPerFinding: each(100), controlUsPerItem: 10 },
    { open: 1000, requestsPerFinding: each(1), usPerFinding: each(260), controlUsPerItem: 20 },
  ],
  probes: { probes: 10, storm: 100, takenIn: 100, seconds: 1, p50Ms: 10, p99Ms: 1000, mostMs: 1500, failed: 0 },
  requestCases: [{ name: 'unchanged repeat', requests: 1, indexWrites: 5, most: 1 }],
  costs: [{ name: 'unchanged repeats, each alone', usd: 1.1, floorUsd: 1, floorParts: [] }],
}

describe('breaches', () => {
  it('says nothing at the limits: one slow round does not count', () => {
    expect(breaches(GOOD)).toEqual([])
    expect(limitsOf(GOOD).length).toBeGreaterThan(20)
  })

  it('names a rate below Alertmanager’s in most rounds', () => {
    expect(breaches({ ...GOOD, rounds: [roundOf(400), roundOf(400), roundOf(90)] })).toEqual([
      'distinct over memory: rate by Alertmanager’s: 0.25, at least 0.35',
      'duplicates over memory: rate by Alertmanager’s: 0.25, at least 0.6',
    ])
  })

  it('lets pass what only falls short of the aim, which the report says', () => {
    const results = { ...GOOD, rounds: [roundOf(150), roundOf(150), roundOf(90)] }
    expect(breaches(results)).toEqual([])
    const short = limitsOf(results).filter((limit) => !isAsMeant(limit))
    expect(short.map(({ name, measured, aim }) => [name, Number(measured.toFixed(2)), aim])).toEqual([
      ['distinct over memory: rate by Alertmanager’s', 0.67, 1],
      ['duplicates over memory: rate by Alertmanager’s', 0.67, 1],
    ])
    expect(limitsOf(GOOD).every(isAsMeant)).toBe(true)
  })

  it('names a storm that made more than one incident, or called a seat twice', () => {
    const [good, ...others] = GOOD.rounds
    const two = good && {
      ...good,
      muster: { ...good.muster, memory: good.muster.memory.map((one) => ({ ...one, oncePerSeat: 0 })) },
    }
    const lines = breaches({ ...GOOD, rounds: two ? [two, ...others] : others })
    expect(lines).toEqual([
      'distinct over memory: incidents too many, too few, or not paged once a seat: 1, at most 0',
      'groups over memory: incidents too many, too few, or not paged once a seat: 100, at most 0',
    ])
  })

  it('does not take a missing Alertmanager for a good one', () => {
    const rounds = GOOD.rounds.map((round) => ({ ...round, alertmanager: null }))
    expect(breaches({ ...GOOD, alertmanagerVersion: null, rounds })).toEqual([
      'Alertmanager is not on the PATH: nothing to compare with',
    ])
  })

  it('counts the second write of a commit, which takes its mark off, for none', () => {
    const head = { ...METERED, writtenTwice: { 'incidents INC HEAD': 2 } }
    expect(breaches({ ...GOOD, metered: { memory: [head], dynalite: [METERED] } })).toEqual([
      'distinct over memory: writes of one item in a batch: 2, at most 1',
    ])
  })

  it('measures growth beside the database’s own', () => {
    const [few, many] = GOOD.growth
    expect(breaches({ ...GOOD, growth: [few, { ...many, controlUsPerItem: 15 }] })).toHaveLength(2)
    expect(breaches({ ...GOOD, growth: [few, { ...many, requestsPerFinding: each(1.1) }] })).toHaveLength(2)
  })

  it.each([
    ['probes', { probes: { ...GOOD.probes, p99Ms: 1001 } }],
    ['a request case', { requestCases: [{ name: 'unchanged repeat', requests: 2, indexWrites: 0, most: 1 }] }],
    ['the cost', { costs: [{ name: 'unchanged repeats, each alone', usd: 1.2, floorUsd: 1, floorParts: [] }] }],
  ])('names %s beyond its limit', (_, worse) => {
    expect(breaches({ ...GOOD, ...worse })).toHaveLength(1)
  })
})
