import { expect, it } from 'vitest'
import { costCases } from '../../../bench/findings/cost-floor.ts'
import { growth } from '../../../bench/findings/growth.ts'
import { meteredStorms } from '../../../bench/findings/metered-storm.ts'
import { musterStorms } from '../../../bench/findings/muster-storms.ts'
import { requestCases } from '../../../bench/findings/request-cases.ts'
import { STORM_KINDS } from '../../../bench/findings/storms.ts'

it('takes small storms in: one incident a group, one page a seat, nothing for what is known', async () => {
  const storms = await musterStorms('memory', 30, STORM_KINDS)
  expect(storms.map(({ kind, incidents, oncePerSeat, again }) => ({ kind, incidents, oncePerSeat, again }))).toEqual([
    { kind: 'distinct', incidents: 1, oncePerSeat: 1, again: 0 },
    { kind: 'duplicates', incidents: 0, oncePerSeat: 0, again: 0 },
    { kind: 'groups', incidents: 3, oncePerSeat: 3, again: 0 },
  ])
})

it('meters what a storm asks of the database: a repeat writes nothing', async () => {
  const storms = await meteredStorms('memory', 20)
  expect(storms.map(({ kind }) => kind)).toEqual([...STORM_KINDS, 'raised counts'])
  expect(storms[1]).toMatchObject({ requestsPerFinding: 0.1, writeUnitsPerFinding: 0, writtenTwice: {} })
  expect(storms[0]?.writeUnitsPerFinding).toBeGreaterThan(1)
})

it('asks no more of the database while more findings are open', async () => {
  const [few, many] = [await growth(10, 50), await growth(300, 50)]
  expect(many.requestsPerFinding).toEqual(few.requestsPerFinding)
})

it('adds requests up case by case, and what a finding costs beside its floor', async () => {
  const cases = await requestCases()
  expect(cases[0]).toMatchObject({ name: 'unchanged repeat', requests: 1, indexWrites: 0 })
  expect(cases[4]?.requests).toBeGreaterThan(cases[3]?.requests ?? 0)
  for (const { usd, floorUsd } of await costCases()) expect(usd).toBeGreaterThan(floorUsd)
})
