import { beforeEach, describe, expect, it } from 'vitest'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster

beforeEach(async () => {
  muster = await InMemoryMuster.start()
})

const one = (name: string, user = 'user', change?: Parameters<typeof finding>[4]): Finding =>
  finding(name, user, muster.now, undefined, change)

function withSeverity(severity: number) {
  return (event: { detail: Record<string, unknown> }) => {
    event.detail.severity = severity
  }
}

/** The same finding, seen again later and more often. */
function again(first: Finding, seconds: number, state: Finding['version']['state'] = 'active'): Finding {
  const updatedAt = plusSeconds(first.version.updatedAt, seconds)
  const ignoredReason = state === 'active' ? null : 'Archived'
  return { ...first, version: { updatedAt, state }, count: (first.count ?? 1) + 1, ignoredReason }
}

async function close(incidentId: string): Promise<void> {
  const responderId = 'incident-commander-1'
  const act = (command: Parameters<typeof runCommand>[1]['command']) =>
    runCommand(muster.deps, {
      incidentId,
      now: muster.now,
      actor: responderId,
      causes: ['test'],
      patience: PERSON,
      command,
    })
  await act(() => ({ type: 'AcknowledgeSeat', role: 'incident-commander', responderId, via: 'api' }))
  await muster.follow(incidentId)
  const closed = await act(() => ({ type: 'CloseIncident', responderId, note: 'done' }))
  expect(closed.status).toBe('committed')
  await muster.follow(incidentId)
}

describe('ingestFindings', () => {
  it('opens one incident for a group, and says so once', async () => {
    const results = await muster.ingest(one('a'), one('b'), one('a'), one('c', 'other'))
    expect(results.map(({ outcome }) => outcome)).toEqual(['opened', 'joined', 'duplicate', 'opened'])
    expect(new Set(results.slice(0, 3).map(({ incidentId }) => incidentId)).size).toBe(1)
    expect(results.every(({ severity }) => severity === 'SEV1')).toBe(true)
  })

  it('joins what comes later, whether or not anything was dispatched in between', async () => {
    const incidentId = await muster.open('a')
    const [undispatched] = await muster.ingest(one('b'))
    expect(undispatched).toMatchObject({ outcome: 'joined', incidentId })
    expect((await muster.ingest(one('b')))[0]).toMatchObject({ outcome: 'duplicate', incidentId })
    await muster.follow(incidentId)
    expect((await muster.ingest(one('b')))[0]).toMatchObject({ outcome: 'duplicate', incidentId })
    expect(await muster.state(incidentId)).toMatchObject({ findingCount: 2 })
  })

  it('the same at once from many is recorded once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => muster.ingest(one('a'))))
    const outcomes = answers.flat().map(({ outcome }) => outcome)
    expect(outcomes.filter((outcome) => outcome === 'opened')).toHaveLength(1)
    expect(outcomes.filter((outcome) => outcome === 'duplicate')).toHaveLength(19)
  })

  it('takes a raise that leaves the instant as it was, once', async () => {
    const first = one('a', 'user', withSeverity(8))
    const [opened] = await muster.ingest(first)
    await muster.follow(opened?.incidentId ?? '')
    const raised = one('a', 'user', withSeverity(9.5))
    expect(raised.version).toEqual(first.version)
    expect((await muster.ingest(raised, raised)).map(({ outcome, severity }) => [outcome, severity])).toEqual([
      ['updated', 'SEV1'],
      ['duplicate', 'SEV1'],
    ])
    expect((await muster.ingest(first))[0]).toMatchObject({ outcome: 'duplicate' })
  })

  it('records what is new of a finding once, and an older or equal version not at all', async () => {
    const first = one('a')
    const [opened] = await muster.ingest(first)
    const incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    const newer = { ...again(first, 60), title: 'It goes on' }
    const results = await muster.ingest(newer, newer, again(first, 30), first)
    expect(results.map(({ outcome }) => outcome)).toEqual(['updated', 'duplicate', 'duplicate', 'duplicate'])
    const updates = (await loadHistory(muster.table, incidentId)).flatMap(({ events }) => events)
    expect(updates.filter(({ type }) => type === 'FindingUpdated')).toHaveLength(1)
  })

  it('raises the severity with a worse finding, and calls the seats once', async () => {
    const [opened] = await muster.ingest(one('a', 'user', withSeverity(8)))
    expect(opened).toMatchObject({ outcome: 'opened', severity: 'SEV2' })
    expect((await muster.ingest(one('b')))[0]).toMatchObject({ outcome: 'joined', severity: 'SEV1' })
    await muster.follow(opened?.incidentId ?? '')
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1'])
  })

  it('raises it by what grew worse while it was set aside, once it pages, also within one batch', async () => {
    const high = one('a', 'user', withSeverity(8))
    const critical = one('a', 'user', withSeverity(9))
    const versions = [high, again(critical, 60, 'resolved'), again(critical, 120)]
    const [opened] = await muster.ingest(...versions)
    expect((await muster.state(opened?.incidentId ?? '')).severity).toBe('SEV1')
    const apart = [one('b', 'other', withSeverity(9)), one('b', 'other', withSeverity(8))] as const
    for (const version of [again(apart[0], 1, 'archived'), again(apart[1], 60), again(apart[0], 120)]) {
      const [result] = await muster.ingest(version)
      if (result?.incidentId) await muster.follow(result.incidentId)
    }
    const [{ incidentId } = { incidentId: null }] = await muster.ingest(again(apart[0], 120))
    expect((await muster.state(incidentId ?? '')).severity).toBe('SEV1')
  })

  it('names the worse finding to whoever holds a seat, and from then on', async () => {
    const probe = { ...one('a', 'user', withSeverity(8)), title: 'A harmless port probe' }
    const incidentId = (await muster.ingest(probe))[0]?.incidentId ?? ''
    await muster.follow(incidentId)
    await runCommand(muster.deps, {
      incidentId,
      now: muster.now,
      actor: 'incident-commander-1',
      causes: ['taken'],
      patience: PERSON,
      command: () => {
        const taken = { role: 'incident-commander', responderId: 'incident-commander-1', via: 'api' }
        return { type: 'AcknowledgeSeat', ...taken }
      },
    })
    await muster.ingest({ ...one('b'), title: 'Keys were used elsewhere' })
    await muster.follow(incidentId)
    expect(await muster.state(incidentId)).toMatchObject({ title: 'Keys were used elsewhere', severity: 'SEV1' })
    const told = muster.sent.filter(({ kind }) => kind === 'notice')
    expect(told.map(({ responderId }) => responderId)).toEqual(['incident-commander-1'])
    expect(told[0]?.text).toContain('SEV1: Keys were used elsewhere')
  })

  it('records what does not page with why, lists it, and opens when it pages later', async () => {
    const quiet = again(one('a'), 0, 'archived')
    expect((await muster.ingest(quiet))[0]).toMatchObject({ outcome: 'ignored', reason: 'Archived', incidentId: null })
    const listed = await Promise.all(
      [0, 1, 2, 3].map((shard) => muster.table.queryIndex('findings', 'list', { pk: `ignored#${shard}`, limit: 10 })),
    )
    expect(listed.flatMap(({ rows }) => rows)).toHaveLength(1)
    expect((await muster.ingest(again(one('a'), 60)))[0]).toMatchObject({ outcome: 'opened' })
  })

  it('ignores a severity without a policy, saying so', async () => {
    expect((await muster.ingest(one('a', 'user', withSeverity(2))))[0]).toMatchObject({
      outcome: 'ignored',
      reason: 'NoPolicy',
    })
  })

  it('a provider that says resolved or archived closes nothing', async () => {
    const first = one('a')
    const [opened] = await muster.ingest(first)
    const [archived] = await muster.ingest(again(first, 60, 'archived'))
    expect(archived).toMatchObject({ outcome: 'updated', incidentId: opened?.incidentId })
    expect(await muster.state(opened?.incidentId ?? '')).toMatchObject({ status: 'open' })
  })
})

describe('a return to active that leaves the instant as it was', () => {
  const sent = (seconds: number, state: Finding['version']['state'] = 'active', traits: string[] = []): Finding => {
    const first = one('a')
    const version = { ...first.version, state, sentAt: plusSeconds('2027-03-10T09:00:00.000Z', seconds) }
    return { ...first, wrapping: 'asff', version, traits, ignoredReason: state === 'active' ? null : 'Resolved' }
  }
  const outcomes = async (...findings: Finding[]) => (await muster.ingest(...findings)).map(({ outcome }) => outcome)
  let active: Finding
  let resolved: Finding
  let incidentId = ''
  beforeEach(async () => {
    active = sent(0)
    resolved = sent(60, 'resolved')
    const [opened] = await muster.ingest(active)
    incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    expect(await outcomes(resolved)).toEqual(['updated'])
    await muster.follow(incidentId)
    await close(incidentId)
  })

  it.each([[[]], [['own-mark']]])('reopens what was closed, once; traits %j', async (traits) => {
    const back = {
      ...active,
      traits,
      version: { ...active.version, sentAt: plusSeconds(resolved.version.updatedAt, 1e6) },
    }
    expect(await outcomes(back, back, active, resolved)).toEqual(['updated', 'duplicate', 'duplicate', 'duplicate'])
    expect(await muster.state(incidentId)).toMatchObject({ status: 'open' })
  })

  it('opens the next incident later, and calls again', async () => {
    const back = { ...active, version: { ...active.version, sentAt: plusSeconds(resolved.version.updatedAt, 1e6) } }
    muster.now = plusSeconds(muster.now, 3600)
    const [opened] = await muster.ingest(back)
    expect(opened).toMatchObject({ outcome: 'opened' })
    expect(opened?.incidentId).not.toBe(incidentId)
    await muster.follow(opened?.incidentId ?? '')
    expect(muster.pages('incident-commander').length).toBeGreaterThan(1)
  })

  it('is none where the earlier copy only came again', async () => {
    muster.now = plusSeconds(muster.now, 3600)
    expect(await outcomes(active, resolved)).toEqual(['duplicate', 'duplicate'])
    expect(await muster.state(incidentId)).toMatchObject({ status: 'closed' })
  })
})

describe('episodes', () => {
  it('activity up to 30 minutes after closing reopens the incident, later it opens the next one', async () => {
    const incidentId = await muster.open('a')
    await close(incidentId)
    muster.now = plusSeconds(muster.now, 1799)
    const [reopened] = await muster.ingest(one('b'))
    expect(reopened).toMatchObject({ outcome: 'joined', incidentId })
    expect(await muster.state(incidentId)).toMatchObject({ status: 'open' })
    await muster.follow(incidentId)
    await close(incidentId)
    muster.now = plusSeconds(muster.now, 1800)
    const [next] = await muster.ingest(one('c'))
    expect(next).toMatchObject({ outcome: 'opened' })
    expect(next?.incidentId).not.toBe(incidentId)
    expect(await muster.state(next?.incidentId ?? '')).toMatchObject({ episode: 2 })
  })

  it('later activity of an old finding is never a silent duplicate', async () => {
    const first = one('a')
    const [opened] = await muster.ingest(first)
    const incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    await close(incidentId)
    muster.now = plusSeconds(muster.now, 7200)
    const [later] = await muster.ingest(again(first, 7200))
    expect(later).toMatchObject({ outcome: 'opened' })
    expect(later?.incidentId).not.toBe(incidentId)
    expect((await muster.ingest(again(first, 7200)))[0]).toMatchObject({
      outcome: 'duplicate',
      incidentId: later?.incidentId,
    })
    await muster.follow(later?.incidentId ?? '')
    expect((await muster.ingest(again(first, 7200)))[0]).toMatchObject({
      outcome: 'duplicate',
      incidentId: later?.incidentId,
    })
    expect((await muster.ingest(again(first, 9000)))[0]).toMatchObject({
      outcome: 'updated',
      incidentId: later?.incidentId,
    })
  })

  it('a closed finding that is archived stays closed', async () => {
    const first = one('a')
    const [opened] = await muster.ingest(first)
    const incidentId = opened?.incidentId ?? ''
    await muster.follow(incidentId)
    await close(incidentId)
    expect((await muster.ingest(again(first, 60, 'archived')))[0]).toMatchObject({ outcome: 'updated', incidentId })
    expect(await muster.state(incidentId)).toMatchObject({ status: 'closed' })
  })

  it('a group without a new finding for 24 hours gets a new episode; just before, it joins', async () => {
    const incidentId = await muster.open('a')
    muster.now = plusSeconds(muster.now, 86_399)
    expect((await muster.ingest(one('b')))[0]).toMatchObject({ outcome: 'joined', incidentId })
    muster.now = plusSeconds(muster.now, 86_400)
    expect((await muster.ingest(one('c')))[0]).toMatchObject({ outcome: 'opened' })
  })

  it('a process that knows nothing of later episodes walks up to them', async () => {
    const incidentId = await muster.open('a')
    await close(incidentId)
    muster.now = plusSeconds(muster.now, 3600)
    const [second] = await muster.ingest(one('b'))
    muster.deps.memory.episodes.clear()
    expect((await muster.ingest(one('c')))[0]).toMatchObject({ outcome: 'joined', incidentId: second?.incidentId })
  })
})

describe('what an incident is called and grouped by', () => {
  it('is cut to what fits, never within a character', async () => {
    const first = one('a')
    const start = JSON.stringify([first.accountId, '']).length - 2
    const long = {
      ...first,
      title: `${'t'.repeat(199)}\u{1f680}!`,
      principal: `${'p'.repeat(511 - start)}\u{1f680}!`,
    }
    const [opened] = await muster.ingest(long)
    const [commit] = await loadHistory(muster.table, opened?.incidentId ?? '')
    const [event] = commit?.events ?? []
    if (event?.type !== 'IncidentOpened') throw new Error('not opened')
    expect(event.data.title).toBe('t'.repeat(199))
    expect(event.data.groupKey).toMatch(/p{9}$/)
    expect(event.data.groupKey).toHaveLength(511)
  })
})

describe('a storm', () => {
  it('of a thousand distinct findings is one incident, few commits, and one page a seat', async () => {
    const storm = Array.from({ length: 1000 }, (_, index) => one(`storm-${index}`))
    const results = await muster.ingest(...storm)
    const incidentId = results[0]?.incidentId ?? ''
    expect(new Set(results.map((result) => result.incidentId))).toEqual(new Set([incidentId]))
    expect(results.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1)
    await muster.follow(incidentId)
    const commits = await loadHistory(muster.table, incidentId)
    expect(commits.length).toBeLessThan(25)
    expect(await muster.state(incidentId)).toMatchObject({ findingCount: 1000 })
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1'])
  })
})
