import { expect, it } from 'vitest'
import type { Counts } from '../../shared/adapters/counting/table.ts'
import { INCIDENT_COMMANDER } from '../../shared/core/directory/directory.ts'
import { plusSeconds } from '../../shared/core/time/instant.ts'
import { Counted } from './world/counted.ts'
import { ACCOUNTS, sampleDirectory } from './world/sample-directory.ts'
import { sampleFinding } from './world/sample-findings.ts'
import { Seeded } from './world/seeded.ts'

const NOW = '2027-03-10T09:00:00.000Z'
const SKETCH = {
  id: 'finding-1',
  accountId: ACCOUNTS[0],
  principal: 'arn:aws:iam::111122223333:user/sample-1',
  family: 'Sample',
  severity: 'CRITICAL',
} as const

/** Four seats, each with somebody else to be called first. */
function directory() {
  const sample = sampleDirectory(new Seeded(1))
  const extra = { role: 'account-owner', ackWithinSeconds: 300, candidates: [{ responder: 'gus' }] }
  const policies = sample.policies.map((policy) => ({
    ...policy,
    seats: [...policy.seats.map((seat) => ({ ...seat, ackWithinSeconds: 300 })), extra],
  }))
  return { ...sample, policies }
}

it('counts the requests of each case, and keeps them small', async () => {
  const muster = new Counted(NOW)
  await muster.begin(directory())
  const finding = sampleFinding({ ...SKETCH, updatedAt: NOW })
  const costs: Record<string, Counts> = {}
  let incidentId = ''

  costs['new incident, to its commit'] = await muster.cost(async () => {
    const [result] = await muster.ingest(finding)
    expect(result?.outcome).toBe('opened')
    incidentId = result?.incidentId ?? ''
  })
  costs['… to head and row'] = await muster.cost(() => muster.dispatch(incidentId))
  costs['… to four pages accepted'] = await muster.cost(() => muster.send())
  expect(muster.accepted.filter((kind) => kind === 'page').length).toBe(4)
  costs['… their results dispatched'] = await muster.cost(() => muster.dispatch(incidentId))
  costs['unchanged repeat'] = await muster.cost(() => muster.ingest(finding))
  costs['newer version'] = await muster.cost(() =>
    muster.ingest(sampleFinding({ ...SKETCH, updatedAt: plusSeconds(NOW, 60) })),
  )
  costs['… to head and row again'] = await muster.cost(() => muster.dispatch(incidentId))
  costs['wake that finds nothing due'] = await muster.cost(() => muster.wakeAfter(1, incidentId))
  costs['escalation of all seats'] = await muster.cost(async () => {
    await muster.wakeAfter(301, incidentId)
    await muster.dispatch(incidentId)
    await muster.send()
    await muster.dispatch(incidentId)
  })
  costs.acknowledgement = await muster.cost(() => muster.acknowledge(incidentId, INCIDENT_COMMANDER, 'ana'))
  costs['… to head and the holder’s row'] = await muster.cost(() => muster.dispatch(incidentId))
  costs['the same again'] = await muster.cost(() => muster.acknowledge(incidentId, INCIDENT_COMMANDER, 'ana'))

  console.table(
    Object.fromEntries(
      Object.entries(costs).map(([name, { reads, writes, itemsRead, itemsWritten, indexWrites }]) => [
        name,
        { reads, writes, itemsRead, itemsWritten, indexWrites },
      ]),
    ),
  )
  expect(costs['unchanged repeat']).toMatchObject({ reads: 1, writes: 0, indexWrites: 0 })
  // The second read tells of everybody who holds a seat elsewhere, however many are called.
  expect(costs['new incident, to its commit']).toMatchObject({ reads: 2, writes: 1 })
  expect(costs['newer version']).toMatchObject({ reads: 2, writes: 1 })
  expect(costs['… to head and row again']).toMatchObject({ reads: 1, writes: 0 })
  expect(costs['wake that finds nothing due']).toMatchObject({ reads: 2, writes: 0 })
  // The load, then the cause's row together with the directory's pointer.
  expect(costs.acknowledgement).toMatchObject({ reads: 2, writes: 1, byMethod: { query: 1, batchGet: 1, put: 1 } })
  expect(requests(costs, 'acknowledgement', '… to head and the holder’s row')).toBeLessThanOrEqual(8)
  expect(costs['the same again']).toMatchObject({ reads: 2, writes: 0 })
  expect(requests(costs, '… to head and row')).toBeLessThanOrEqual(9)
  expect(requests(costs, '… to four pages accepted')).toBeLessThanOrEqual(22)
  expect(requests(costs, '… their results dispatched')).toBeLessThanOrEqual(4)
  expect(requests(costs, 'escalation of all seats')).toBeLessThanOrEqual(41)
})

function requests(costs: Readonly<Record<string, Counts>>, ...names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (costs[name]?.reads ?? Infinity) + (costs[name]?.writes ?? 0), 0)
}
