import { beforeEach, describe, expect, it } from 'vitest'
import { countingTable } from '../../../shared/adapters/counting/table.ts'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { ingestFindings } from '../../../shared/app/ingest-findings.ts'
import { type IntakeMemory, newIntakeMemory } from '../../../shared/app/intake-memory.ts'
import { loadHistory, loadIncident } from '../../../shared/app/load-incident.ts'
import { PERSON, runCommand, STORM } from '../../../shared/app/run-command.ts'
import type { Finding } from '../../../shared/core/findings/finding.ts'
import type { Command } from '../../../shared/core/incident/commands.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let counting: ReturnType<typeof countingTable>
let muster: InMemoryMuster
let incidentId: string

beforeEach(async () => {
  counting = countingTable(new MemoryTable())
  muster = await InMemoryMuster.start(counting.table)
  incidentId = await muster.open('first')
})

async function take(memory: IntakeMemory, ...names: string[]) {
  return takeFindings(memory, ...names.map((name) => finding(name, 'user', muster.now)))
}

async function takeFindings(memory: IntakeMemory, ...findings: Finding[]) {
  counting.reset()
  const door = { now: muster.now, patience: STORM, tellsSeverity: false }
  const results = await ingestFindings({ ...muster.deps, memory }, findings, door)
  const { reads, writes } = counting.counts()
  return { outcomes: results.map(({ outcome }) => outcome), reads, writes }
}

async function joined(): Promise<string[]> {
  const events = (await loadHistory(muster.table, incidentId)).flatMap((commit) => commit.events)
  return events.flatMap((event) => (event.type === 'FindingJoined' ? [event.data.finding.key] : [])).sort()
}

function keysOf(...names: string[]): string[] {
  return names.map((name) => finding(name, 'user', muster.now).key).sort()
}

async function act(command: Command): Promise<void> {
  const request = { incidentId, command: () => command, now: muster.now, actor: 'ana', patience: PERSON, causes: [] }
  expect(await runCommand(muster.deps, request)).toMatchObject({ status: 'committed' })
}

describe('an incident that this process has just recorded on', () => {
  it('is not read again for the next findings, nor are their rows', async () => {
    const memory = newIntakeMemory()
    expect(await take(memory, 'a')).toEqual({ outcomes: ['joined'], reads: 3, writes: 1 })
    expect(await take(memory, 'b', 'c')).toEqual({ outcomes: ['joined', 'joined'], reads: 1, writes: 1 })
    expect(await joined()).toEqual(keysOf('a', 'b', 'c', 'first'))
  })

  it('knows what it has recorded, before anybody has dispatched it', async () => {
    const memory = newIntakeMemory()
    await take(memory, 'a')
    expect(await take(memory, 'b', 'a')).toMatchObject({ outcomes: ['joined', 'duplicate'] })
    expect(await joined()).toEqual(keysOf('a', 'b', 'first'))
  })

  it('is read again two seconds later', async () => {
    const memory = newIntakeMemory()
    await take(memory, 'a')
    muster.now = plusSeconds(muster.now, 2)
    expect((await take(memory, 'b')).reads).toBe(1)
    muster.now = plusSeconds(muster.now, 2.001)
    expect((await take(memory, 'c')).reads).toBeGreaterThan(1)
  })

  it('is read again after sixteen commits', async () => {
    const memory = newIntakeMemory()
    const reads: number[] = []
    for (let count = 0; count < 18; count += 1) {
      reads.push((await take(memory, `f${count}`)).reads)
      if (count === 15) await muster.follow(incidentId)
    }
    expect(reads.map((one) => one > 1)).toEqual(reads.map((_, count) => count === 0 || count === 17))
    expect((await joined()).length).toBe(19)
  })
})

describe('what others have done meanwhile counts', () => {
  let memory: IntakeMemory
  beforeEach(async () => {
    memory = newIntakeMemory()
    await take(memory, 'a')
  })

  it('a finding that they have recorded joins once, whether it was dispatched or not', async () => {
    await take(newIntakeMemory(), 'b')
    expect((await take(memory, 'b', 'c')).outcomes).toEqual(['duplicate', 'joined'])
    await take(newIntakeMemory(), 'd')
    await muster.follow(incidentId)
    expect((await take(memory, 'd', 'e')).outcomes).toEqual(['duplicate', 'joined'])
    expect(await joined()).toEqual(keysOf('a', 'b', 'c', 'd', 'e', 'first'))
  })

  it('what was dispatched of it is seen in the head: no commit is tried in vain', async () => {
    await take(newIntakeMemory(), 'b')
    expect((await take(memory, 'c')).writes).toBe(2)
    await take(newIntakeMemory(), 'd')
    await muster.follow(incidentId)
    expect((await take(memory, 'e')).writes).toBe(1)
  })

  /** Right after the next batch has read its rows. */
  function afterReading(happens: () => Promise<void>): void {
    const batchGet = counting.table.batchGet.bind(counting.table)
    counting.table.batchGet = async (reads) => {
      const answer = await batchGet(reads)
      counting.table.batchGet = batchGet
      await happens()
      return answer
    }
  }

  it('a finding whose row was read before they recorded it joins once', async () => {
    afterReading(async () => {
      await take(newIntakeMemory(), 'b')
      await muster.follow(incidentId)
    })
    expect((await take(memory, 'b')).outcomes).toEqual(['duplicate'])
    expect(await joined()).toEqual(keysOf('a', 'b', 'first'))
  })

  it('also where this process has read the incident again before it goes on', async () => {
    afterReading(async () => {
      await take(newIntakeMemory(), 'b')
      await muster.follow(incidentId)
      await take(memory, 'c')
    })
    expect((await take(memory, 'b')).outcomes).toEqual(['duplicate'])
    expect(await joined()).toEqual(keysOf('a', 'b', 'c', 'first'))
  })

  it('an incident that they have closed reopens', async () => {
    await muster.follow(incidentId)
    for (const role of [
      'incident-commander',
      'cloud-security-engineer',
      'communications-coordinator',
      'legal-counsel',
    ]) {
      const [responderId = ''] = muster.pages(role)
      if (responderId) await act({ type: 'AcknowledgeSeat', role, responderId, via: 'api' })
    }
    const [by = ''] = muster.pages('incident-commander')
    await take(memory, 'b')
    await act({ type: 'CloseIncident', responderId: by, reason: 'FalsePositive', note: 'Nothing was there.' } as never)
    expect((await loadIncident(muster.table, incidentId)).state?.status).toBe('closed')
    expect((await take(memory, 'c')).outcomes).toEqual(['joined'])
    expect((await loadIncident(muster.table, incidentId)).state?.status).toBe('open')
  })
})
