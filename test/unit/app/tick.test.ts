import { describe, expect, it } from 'vitest'
import { heartbeatKey } from '../../../shared/app/rows/keys.ts'
import { tick } from '../../../shared/app/tick.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

const QUIET = { wakes: 0, dispatched: 0, failed: [], oldestUndispatchedSeconds: 0, oldestOverdueWakeSeconds: 0 }

describe('the tick', () => {
  it('leaves a sign of life, also when there is nothing to do', async () => {
    const muster = await InMemoryMuster.start()
    expect(await tick(muster.deps)).toEqual(QUIET)
    expect(await muster.table.get('incidents', heartbeatKey)).toMatchObject({ at: muster.now })
  })

  it('dispatches what was left for 30 s, and says how long it has waited beyond that', async () => {
    const muster = await InMemoryMuster.start()
    await muster.ingest(finding('left', 'ana', muster.now))
    muster.now = plusSeconds(muster.now, 29)
    expect(await tick(muster.deps)).toEqual(QUIET)
    muster.now = plusSeconds(muster.now, 61)
    expect(await tick(muster.deps)).toMatchObject({ dispatched: 1, oldestUndispatchedSeconds: 60 })
    expect(muster.effects.length).toBeGreaterThan(0)
  })

  it('hands out wakes two minutes ahead, and says for how long one has been due', async () => {
    const muster = await InMemoryMuster.start()
    const incidentId = await muster.open()
    muster.wakes.length = 0
    muster.now = plusSeconds(muster.now, 180)
    expect(await tick(muster.deps)).toMatchObject({ wakes: 1, oldestOverdueWakeSeconds: 0 })
    muster.now = plusSeconds(muster.now, 165)
    expect(await tick(muster.deps)).toMatchObject({ wakes: 1, oldestOverdueWakeSeconds: 45 })
    expect(muster.wakes.map((wake) => wake.incidentId)).toEqual([incidentId, incidentId])
  })
})
