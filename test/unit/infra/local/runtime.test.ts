import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Advance } from '../../../../infra/local/advance.ts'
import { feedingTable } from '../../../../infra/local/feeding-table.ts'
import { LocalQueues } from '../../../../infra/local/local-queues.ts'
import { LocalTime } from '../../../../infra/local/local-time.ts'
import { restoreQueues } from '../../../../infra/local/restore.ts'
import { Runtime } from '../../../../infra/local/runtime.ts'
import { MemoryTable } from '../../../../shared/adapters/memory/table.ts'
import { machineTime } from '../../../../shared/adapters/node-runtime/machine-time.ts'
import { directoryReader } from '../../../../shared/app/directory-versions.ts'
import { dispatchCommits } from '../../../../shared/app/dispatch-commits.ts'
import { ingestFindings } from '../../../../shared/app/ingest-findings.ts'
import { PERSON } from '../../../../shared/app/run-command.ts'
import { TransientFault } from '../../../../shared/ports/faults.ts'
import type { Table } from '../../../../shared/ports/table.ts'
import { finding, InMemoryMuster } from '../../app/in-memory-muster.ts'

let muster: InMemoryMuster
let table: Table
let queues: LocalQueues
let runtime: Runtime
let advance: Advance
let time: LocalTime
let logged: string[]

beforeEach(async () => {
  muster = await InMemoryMuster.start(new MemoryTable())
  build()
})
afterEach(() => runtime.stop())

/** The parts of the local stack over the table that is there: what a start makes. */
function build(): void {
  logged = []
  let nudge = () => {}
  queues = new LocalQueues(() => nudge())
  table = feedingTable(muster.table, queues)
  time = new LocalTime(machineTime, 0)
  const deps = { ...muster.deps, table, queues, time, real: machineTime, directory: directoryReader(table) }
  runtime = new Runtime(deps, queues, (line) => logged.push(line))
  nudge = () => runtime.nudge()
  advance = new Advance({ table, time, real: machineTime, queues, runtime })
}

async function open(): Promise<string> {
  const now = time.now()
  const deps = { ...muster.deps, table, directory: directoryReader(table) }
  const [result] = await ingestFindings(deps, [finding('first', 'user', now)], {
    now,
    patience: PERSON,
    tellsSeverity: true,
  })
  return result?.incidentId ?? ''
}

describe('Runtime', () => {
  it('settles everything that follows from a change, a refused channel and the next person included', async () => {
    muster.answer = ({ responderId }) =>
      responderId === 'incident-commander-1'
        ? { status: 'refused', detail: 'landline' }
        : { status: 'accepted', providerId: 'p' }
    await open()
    await new Promise((resolve) => setImmediate(resolve))
    await runtime.settle()
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-2'])
    expect(muster.sent).toHaveLength(4)
  })

  it('does what is due by itself: nobody has to ask', async () => {
    await open()
    while (muster.sent.length < 4) await new Promise((resolve) => setTimeout(resolve, 5))
    time.stopAt(new Date(Date.now() + 301_000).toISOString())
    time.run()
    runtime.nudge()
    for (let look = 0; look < 100 && muster.sent.length < 8; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1', 'incident-commander-2'])
  })

  it('an advance waits for what failed and is tried again, and passes nothing over', async () => {
    await open()
    await runtime.settle()
    const { query } = muster.table
    let failures = 0
    muster.table.query = (name, asked) => {
      if (failures > 0) return query.call(muster.table, name, asked)
      failures += 1
      return Promise.reject(new TransientFault('throttled once'))
    }
    await advance.by(20 * 60_000)
    expect(failures).toBe(1)
    expect(logged.join()).toMatch(/trying again: throttled once/)
    expect(muster.pages('incident-commander').length).toBeGreaterThanOrEqual(4)
  })

  it('a wake that was sent too early, or too late, loses nothing', async () => {
    const incidentId = await open()
    await runtime.settle()
    const due = queues.nextWakeAt()
    await queues.sendWakes([{ incidentId, wakeAt: time.now() }])
    await runtime.settle()
    expect(queues.nextWakeAt()).toBe(due)
    await queues.sendWakes([{ incidentId, wakeAt: '2099-01-01T00:00:00.000Z' }])
    expect(queues.nextWakeAt()).toBe(due)
  })

  it('hears of a commit and of a head also when the answer to their Put was lost', async () => {
    const { put } = muster.table
    let lost = 0
    muster.table.put = async (name, item, conditions) => {
      const stored = await put.call(muster.table, name, item, conditions)
      if (!['HEAD'].includes(item.sk) && !item.sk.startsWith('C#')) return stored
      lost += 1
      if (lost > 2) return stored
      throw new TransientFault('the answer was lost')
    }
    await open()
    await runtime.settleFully(machineTime.nowMs() + 10_000)
    expect(lost).toBeGreaterThan(2)
    expect(muster.sent).toHaveLength(4)
    await advance.by(301_000)
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1', 'incident-commander-2'])
  })
})

describe('restoreQueues', () => {
  it('after a kill before any dispatch, everything is done at the next start', async () => {
    await open()
    await runtime.stop()
    build()
    await restoreQueues(table, queues)
    await runtime.settle()
    expect(muster.sent).toHaveLength(4)
  })

  it('after a kill between dispatch and sending, the messages leave, and what was due goes on', async () => {
    const incidentId = await open()
    await runtime.stop()
    await dispatchCommits({ ...muster.deps, table, time }, incidentId)
    expect(muster.sent).toHaveLength(0)
    build()
    await restoreQueues(table, queues)
    await advance.by(301_000)
    expect(muster.sent).toHaveLength(8)
  })
})
