import { beforeEach, describe, expect, it } from 'vitest'
import { LocalQueues } from '../../../../infra/local/local-queues.ts'

const EARLY = '2027-03-10T10:00:00.000Z'
const LATE = '2027-03-10T11:00:00.000Z'
const effect = {
  incidentId: 'inc-1',
  effectId: 'e1',
  kind: 'page',
  responderId: 'ana',
  channelId: 'mail',
  channel: 'email',
} as const

let queues: LocalQueues
let arrivals: number

beforeEach(() => {
  arrivals = 0
  queues = new LocalQueues(() => {
    arrivals += 1
  })
})

describe('wakes', () => {
  it('of one incident: the earlier stays, whichever came last', async () => {
    await queues.sendWakes([{ incidentId: 'inc-1', wakeAt: EARLY }])
    await queues.sendWakes([{ incidentId: 'inc-1', wakeAt: LATE }])
    expect(queues.nextWakeAt()).toBe(EARLY)
  })

  it('a newer head replaces them; an older one changes nothing', async () => {
    await queues.sendWakes([{ incidentId: 'inc-1', wakeAt: EARLY }])
    queues.hearOfHead('inc-1', 5, LATE)
    expect(queues.nextWakeAt()).toBe(LATE)
    queues.hearOfHead('inc-1', 4, EARLY)
    expect(queues.nextWakeAt()).toBe(LATE)
    queues.hearOfHead('inc-1', 6, null)
    expect(queues.nextWakeAt()).toBeNull()
  })

  it('are taken when they are due, in order, once', async () => {
    await queues.sendWakes([
      { incidentId: 'inc-2', wakeAt: LATE },
      { incidentId: 'inc-1', wakeAt: EARLY },
    ])
    expect(queues.takeWakes(EARLY, 0)).toEqual([{ incidentId: 'inc-1', wakeAt: EARLY }])
    expect(queues.takeWakes(EARLY, 0)).toEqual([])
    expect(queues.takeWakes(LATE, 0)).toEqual([{ incidentId: 'inc-2', wakeAt: LATE }])
  })

  it('that failed come again after a while, and are seen to be waiting until then', () => {
    queues.wakeAgain({ incidentId: 'inc-1', wakeAt: EARLY }, 5000)
    expect(queues.hasWork(EARLY, 4999)).toBe(false)
    expect(queues.nextRetryMs(EARLY, 4999)).toBe(5000)
    expect(queues.takeWakes(EARLY, 5000)).toHaveLength(1)
    expect(queues.nextRetryMs(EARLY, 5000)).toBeNull()
  })
})

describe('commits', () => {
  it('are gathered by incident', () => {
    queues.sendCommits('inc-1', [1])
    queues.sendCommits('inc-1', [2, 1])
    queues.sendCommits('inc-2', [7])
    expect(queues.takeCommits(0)).toEqual([
      ['inc-1', [1, 2]],
      ['inc-2', [7]],
    ])
    expect(queues.hasWork(LATE, 0)).toBe(false)
  })

  it('that failed wait, unless a new one comes', () => {
    queues.sendCommits('inc-1', [1], 5000)
    expect(queues.takeCommits(4999)).toEqual([])
    queues.sendCommits('inc-1', [2])
    expect(queues.takeCommits(0)).toEqual([['inc-1', [1, 2]]])
  })
})

describe('messages', () => {
  it('are taken once, and again when they are handed back; only a failure counts as a receive', async () => {
    await queues.sendEffects([effect])
    const [first] = queues.takeEffects(0)
    expect(first).toMatchObject({ id: 'e1', body: effect, receives: 1 })
    if (!first) return
    queues.deliverAgain(first, 1000, false)
    expect(queues.takeEffects(999)).toEqual([])
    const [second] = queues.takeEffects(1000)
    expect(second).toMatchObject({ receives: 1 })
    queues.deliverAgain(first, 2000, true)
    expect(queues.takeEffects(2000)).toMatchObject([{ receives: 2 }])
  })

  it('tell that they have arrived', async () => {
    await queues.sendEffects([effect])
    await queues.sendWakes([{ incidentId: 'inc-1', wakeAt: EARLY }])
    queues.sendCommits('inc-1', [1])
    expect(arrivals).toBe(3)
  })
})
