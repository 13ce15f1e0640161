import { beforeEach, expect, test } from 'vitest'
import { announceSignals } from '../../../shared/app/absorb-signals.ts'
import { PERSON, runCommand } from '../../../shared/app/run-command.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster

beforeEach(async () => {
  muster = await InMemoryMuster.start()
})

/** Signals of one attack that would be incidents of their own: each has a family of its own. */
const signal = (name: string): Finding => ({ ...finding(name, 'user', muster.now), family: `Family ${name}` })

function sequence(...signals: readonly Finding[]): Finding {
  return {
    ...finding('sequence', 'user', muster.now),
    family: 'AttackSequence',
    signals: signals.map(({ key }) => key),
  }
}

async function incidentsOf(...batches: readonly (readonly Finding[])[]): Promise<Set<string | null>> {
  const ids = new Set<string | null>()
  for (const batch of batches) {
    for (const { incidentId } of await muster.ingest(...batch)) ids.add(incidentId)
    for (const incidentId of ids) await muster.follow(incidentId ?? '')
  }
  return ids
}

test('signals that come after their sequence join its incident', async () => {
  const [a, b] = [signal('a'), signal('b')]
  expect(await incidentsOf([sequence(a, b)], [a], [b])).toHaveLength(1)
  expect((await muster.ingest(a, b)).map(({ outcome }) => outcome)).toEqual(['duplicate', 'duplicate'])
})

test('a sequence joins the open incident of its signals', async () => {
  const a = signal('a')
  expect(await incidentsOf([a], [sequence(signal('never-seen'), a)])).toHaveLength(1)
})

test('in one batch the order does not matter', async () => {
  const [a, b] = [signal('a'), signal('b')]
  expect(await incidentsOf([a, sequence(a, b), b, sequence(a, b)])).toHaveLength(1)
})

test('of signals on several incidents the one with the lowest id counts', async () => {
  const [a, b] = [signal('a'), signal('b')]
  const ids = [...(await incidentsOf([a], [b]))].sort()
  expect(ids).toHaveLength(2)
  expect([...(await incidentsOf([sequence(a, b)]))]).toEqual(ids.slice(0, 1))
})

test('a closed incident of a signal draws nothing: the sequence opens one of its own group', async () => {
  const a = signal('a')
  const [opened] = await muster.ingest(a)
  const incidentId = opened?.incidentId ?? ''
  await muster.follow(incidentId)
  const responderId = 'incident-commander-1'
  const door = { incidentId, now: muster.now, actor: responderId, causes: ['test'], patience: PERSON }
  const role = 'incident-commander'
  await runCommand(muster.deps, {
    ...door,
    command: () => ({ type: 'AcknowledgeSeat', role, responderId, via: 'api' }),
  })
  await runCommand(muster.deps, { ...door, causes: ['close'], command: () => closing(responderId) })
  await muster.follow(incidentId)
  expect((await muster.state(incidentId)).status).toBe('closed')
  expect([...(await incidentsOf([sequence(a)]))]).not.toContain(incidentId)
})

test('word of a sequence that was never recorded says nothing', async () => {
  const a = signal('a')
  await announceSignals(muster.deps, [sequence(a)], muster.now)
  expect((await muster.ingest(a))[0]).toMatchObject({ outcome: 'opened' })
})

test('word does not take the place of a finding', async () => {
  const a = signal('a')
  const [opened] = await muster.ingest(a)
  await muster.follow(opened?.incidentId ?? '')
  await announceSignals(muster.deps, [sequence(a)], muster.now)
  expect((await muster.ingest(a))[0]).toMatchObject({ outcome: 'duplicate', incidentId: opened?.incidentId })
})

function closing(responderId: string) {
  return { type: 'CloseIncident', responderId, note: 'done' } as const
}
