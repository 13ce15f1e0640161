import { beforeEach, describe, expect, it } from 'vitest'
import { dispatchCommits } from '../../../shared/app/dispatch-commits.ts'
import { loadIncident } from '../../../shared/app/load-incident.ts'
import { commitKey, headKey, heartbeatKey, incidentIdOf } from '../../../shared/app/rows/keys.ts'
import { tick } from '../../../shared/app/tick.ts'
import { wakeIncident } from '../../../shared/app/wake-incident.ts'
import { wakeAt } from '../../../shared/core/decide.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'
import { finding, InMemoryMuster, START } from './in-memory-muster.ts'

let muster: InMemoryMuster
let incidentId: string

beforeEach(async () => {
  muster = await InMemoryMuster.start()
  incidentId = (await muster.ingest(finding('first', 'user', muster.now)))[0]?.incidentId ?? ''
})

const isMarked = async (sequence: number) =>
  (await muster.table.get('incidents', commitKey(incidentId, sequence)))?.duePk !== undefined

describe('dispatchCommits', () => {
  it('sends the effects, writes rows and head, queues the wake, takes the mark off', async () => {
    expect(await isMarked(1)).toBe(true)
    await dispatchCommits(muster.deps, incidentId)
    expect(muster.effects.map(({ responderId }) => responderId)).toHaveLength(4)
    expect(await isMarked(1)).toBe(false)
    const { state } = await loadIncident(muster.table, incidentId)
    expect(muster.wakes).toEqual([{ incidentId, wakeAt: state && wakeAt(state) }])
    expect(incidentIdOf(state?.groupHash ?? '', 1)).toBe(incidentId)
  })

  it('again sends nothing a second time', async () => {
    await dispatchCommits(muster.deps, incidentId)
    await dispatchCommits(muster.deps, incidentId)
    expect(muster.effects).toHaveLength(4)
  })

  it('takes off a mark that a crash left behind the head', async () => {
    const marked = await muster.table.get('incidents', commitKey(incidentId, 1))
    await dispatchCommits(muster.deps, incidentId)
    if (marked) await muster.table.put('incidents', marked)
    await dispatchCommits(muster.deps, incidentId, [1])
    expect(await isMarked(1)).toBe(false)
    expect(muster.effects).toHaveLength(4)
  })

  it('of an unknown incident does nothing', async () => {
    await dispatchCommits(muster.deps, 'inc-none', [1])
    expect(muster.effects).toEqual([])
    expect(await muster.table.get('incidents', commitKey('inc-none', 1))).toBeNull()
  })

  it('a slow dispatcher cannot take a head back', async () => {
    await dispatchCommits(muster.deps, incidentId)
    const old = await muster.table.get('incidents', headKey(incidentId))
    await muster.ingest(finding('second', 'user', muster.now))
    await dispatchCommits(muster.deps, incidentId)
    const older = { kind: 'absent-or-lower', attribute: 'sequence', value: 1 } as const
    expect(old && (await muster.table.put('incidents', old, [older]))).toBe(false)
    expect((await loadIncident(muster.table, incidentId)).head?.sequence).toBe(2)
  })
})

describe('tick', () => {
  it('dispatches what was left behind for 30 seconds, not a second before', async () => {
    muster.now = plusSeconds(START, 29)
    await tick(muster.deps)
    expect(muster.effects).toEqual([])
    muster.now = plusSeconds(START, 30)
    expect(await tick(muster.deps)).toMatchObject({ dispatched: 1, failed: [] })
    expect(muster.effects).toHaveLength(4)
  })

  it('says when it last ran, and raises an alarm for each incident that it could not dispatch', async () => {
    muster.now = plusSeconds(START, 30)
    const { query } = muster.table
    muster.table.query = () => Promise.reject(new PermanentFault('a gap in the record'))
    expect(await tick(muster.deps)).toMatchObject({ failed: [incidentId] })
    muster.table.query = query
    expect(muster.alarms).toEqual(['DispatchFailed'])
    expect((await muster.table.get('incidents', heartbeatKey))?.at).toBe(muster.now)
  })

  it('hands out wakes two minutes ahead, not a second earlier', async () => {
    await muster.follow(incidentId)
    const due = wakeAt(await muster.state(incidentId)) ?? ''
    muster.wakes.length = 0
    muster.now = plusSeconds(due, -121)
    await tick(muster.deps)
    expect(muster.wakes).toEqual([])
    muster.now = plusSeconds(due, -120)
    expect(await tick(muster.deps)).toMatchObject({ wakes: 1 })
    expect(muster.wakes).toEqual([{ incidentId, wakeAt: due }])
  })
})

describe('wakeIncident', () => {
  it('is quiet before it is due, decides when it is, and is quiet when it comes again', async () => {
    await muster.follow(incidentId)
    const due = wakeAt(await muster.state(incidentId)) ?? ''
    muster.now = plusSeconds(due, -1)
    expect(await wakeIncident(muster.deps, { incidentId, wakeAt: muster.now })).toEqual({ status: 'quiet', next: due })
    muster.now = due
    expect(await wakeIncident(muster.deps, { incidentId, wakeAt: due })).toEqual({ status: 'decided' })
    const next = wakeAt(await muster.state(incidentId))
    expect(await wakeIncident(muster.deps, { incidentId, wakeAt: due })).toEqual({ status: 'quiet', next })
  })

  it('much too early goes back to its queue; a little early waits', async () => {
    await muster.follow(incidentId)
    const due = wakeAt(await muster.state(incidentId)) ?? ''
    muster.now = plusSeconds(due, -5)
    expect(await wakeIncident(muster.deps, { incidentId, wakeAt: due })).toEqual({ status: 'early', at: due })
    muster.now = plusSeconds(due, -4)
    const waited: number[] = []
    const sleep = async (ms: number) => {
      waited.push(ms)
      muster.now = due
    }
    const deps = { ...muster.deps, real: { ...muster.deps.real, sleep } }
    expect(await wakeIncident(deps, { incidentId, wakeAt: due })).toEqual({ status: 'decided' })
    expect(waited).toEqual([4000])
  })

  it('after hours of outage burns no candidates: each seat calls its next person, once', async () => {
    await muster.follow(incidentId)
    const before = muster.sent.length
    muster.now = plusSeconds(START, 4 * 3600)
    await wakeIncident(muster.deps, { incidentId, wakeAt: plusSeconds(START, 300) })
    await muster.follow(incidentId)
    const roles = muster.sent
      .slice(before)
      .flatMap(({ kind, seats }) => (kind === 'page' ? seats.map(({ role }) => role) : []))
    expect(roles.sort()).toEqual([...new Set(roles)].sort())
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1', 'incident-commander-2'])
  })

  it('whose record is broken is parked with an alarm; one that the store does not answer comes again', async () => {
    await muster.follow(incidentId)
    const due = wakeAt(await muster.state(incidentId)) ?? ''
    muster.now = due
    const { query } = muster.table
    muster.table.query = () => Promise.reject(new TransientFault('throttled'))
    await expect(wakeIncident(muster.deps, { incidentId, wakeAt: due })).rejects.toBeInstanceOf(TransientFault)
    muster.table.query = () => Promise.reject(new PermanentFault('a gap in the record'))
    expect(await wakeIncident(muster.deps, { incidentId, wakeAt: due })).toEqual({ status: 'parked' })
    muster.table.query = query
    expect(muster.alarms).toContain('WakeFailed')
    expect((await muster.table.get('incidents', headKey(incidentId)))?.dueAt).toBe(plusSeconds(due, 300))
    expect(muster.wakes.at(-1)).toEqual({ incidentId, wakeAt: plusSeconds(due, 300) })
  })

  it('of an unknown incident is quiet', async () => {
    expect(await wakeIncident(muster.deps, { incidentId: 'inc-none', wakeAt: START })).toEqual({
      status: 'quiet',
      next: null,
    })
  })
})

describe('calling until somebody answers', () => {
  it('backup after the window, everybody with the role, then again from the top', async () => {
    await muster.follow(incidentId)
    await muster.advance(incidentId, 299)
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1'])
    await muster.advance(incidentId, 1)
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1', 'incident-commander-2'])
    await muster.advance(incidentId, 900)
    expect(muster.pages('incident-commander').slice(2)).toEqual(['incident-commander-3', 'incident-commander-1'])
    expect(muster.alarms).toContain('SeatExhausted')
  })
})
