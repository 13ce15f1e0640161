import { beforeEach, describe, expect, it } from 'vitest'
import { MemoryTable } from '../../../shared/adapters/memory/table.ts'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { PERSON, type Request, runCommand } from '../../../shared/app/run-command.ts'
import { ConflictFault, TransientFault } from '../../../shared/ports/faults.ts'
import type { Condition, Item, TableName } from '../../../shared/ports/table.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

/** Does something of the test's own around each put of a commit. */
class WatchedTable extends MemoryTable {
  onCommit: (store: () => Promise<boolean>) => Promise<boolean> = (store) => store()

  override put(table: TableName, item: Item, conditions?: readonly Condition[]): Promise<boolean> {
    const store = () => super.put(table, item, conditions)
    return item.sk.startsWith('C#') ? this.onCommit(store) : store()
  }
}

let table: WatchedTable
let muster: InMemoryMuster
let incidentId: string

beforeEach(async () => {
  table = new WatchedTable()
  muster = await InMemoryMuster.start(table)
  incidentId = await muster.open()
})

function take(responderId: string, change: Partial<Request> = {}) {
  return runCommand(muster.deps, {
    incidentId,
    now: muster.now,
    actor: responderId,
    causes: [`request/take/${responderId}`],
    patience: PERSON,
    command: () => ({ type: 'AcknowledgeSeat', role: 'incident-commander', responderId, via: 'api' }),
    ...change,
  })
}

const acknowledgements = async () =>
  (await loadHistory(table, incidentId))
    .flatMap(({ events }) => events)
    .filter(({ type }) => type === 'SeatAcknowledged')

describe('runCommand', () => {
  it('of two at once, the loser decides again from what the winner made', async () => {
    const [first, second] = await Promise.all([take('incident-commander-1'), take('incident-commander-2')])
    expect([first.status, second.status].sort()).toEqual(['committed', 'refused'])
    expect(await acknowledgements()).toHaveLength(1)
  })

  it('finds its own commit when the answer to its Put was lost', async () => {
    let lost = 0
    table.onCommit = async (store) => {
      await store()
      lost += 1
      throw new TransientFault('the answer was lost')
    }
    expect(await take('incident-commander-1')).toMatchObject({ status: 'committed' })
    expect(lost).toBe(1)
    expect(await acknowledgements()).toHaveLength(1)
  })

  it('finds its own commit when the Put lands after its caller has given up', async () => {
    let late: (() => Promise<boolean>) | null = null
    table.onCommit = async (store) => {
      if (late === null) {
        late = store
        throw new TransientFault('timed out')
      }
      await late()
      return store()
    }
    expect(await take('incident-commander-1')).toMatchObject({ status: 'committed' })
    expect(await acknowledgements()).toHaveLength(1)
  })

  it('finds its own commit also when it was dispatched in the meantime', async () => {
    table.onCommit = async (store) => {
      await store()
      table.onCommit = (again) => again()
      await muster.follow(incidentId)
      throw new TransientFault('the answer was lost')
    }
    const escalate = await take('incident-commander-3', {
      command: () => ({
        type: 'EscalateSeat',
        role: 'incident-commander',
        responderId: 'incident-commander-3',
        note: null,
      }),
    })
    expect(escalate).toMatchObject({ status: 'committed' })
    expect(muster.pages('incident-commander')).toEqual(['incident-commander-1', 'incident-commander-2'])
  })

  it('answers a remembered cause again, also when the head has moved far beyond it', async () => {
    const asked = { remembered: 'request/take/incident-commander-1', answer: { status: 200 } }
    expect(await take('incident-commander-1', asked)).toMatchObject({ status: 'committed' })
    await muster.follow(incidentId)
    const again = await take('incident-commander-1', { ...asked, answer: { status: 500 } })
    expect(again).toMatchObject({ status: 'unchanged', known: true, answer: { status: 200 } })
  })

  it('nothing to change commits nothing', async () => {
    await take('incident-commander-1')
    const before = await loadHistory(table, incidentId)
    expect(await take('incident-commander-1', { causes: ['another'] })).toMatchObject({
      status: 'unchanged',
      known: false,
    })
    expect(await loadHistory(table, incidentId)).toHaveLength(before.length)
  })

  it('never dates a commit before the last one, whatever the door says', async () => {
    const outcome = await take('incident-commander-1', { now: '2020-01-01T00:00:00.000Z' })
    expect(outcome).toMatchObject({ status: 'committed', commit: { at: muster.now } })
  })

  it('gives up when others win for longer than its patience', async () => {
    let waitedMs = 0
    table.onCommit = async () => false
    const sleep = async (ms: number) => {
      waitedMs += ms
    }
    const real = { nowMs: () => waitedMs, sleep }
    const deps = { ...muster.deps, real }
    const request = take('incident-commander-1')
    await expect(
      runCommand(deps, {
        incidentId,
        now: muster.now,
        actor: 'incident-commander-1',
        causes: ['x'],
        patience: { forMs: 100, waitMs: [5, 50] },
        command: () => ({
          type: 'AcknowledgeSeat',
          role: 'incident-commander',
          responderId: 'incident-commander-1',
          via: 'api',
        }),
      }),
    ).rejects.toBeInstanceOf(ConflictFault)
    expect(waitedMs).toBeGreaterThanOrEqual(100)
    table.onCommit = (store) => store()
    expect((await request).status).toBe('committed')
  })

  it('chains each commit to the one before it', async () => {
    await take('incident-commander-1')
    const commits = await loadHistory(table, incidentId)
    for (const [index, commit] of commits.entries()) {
      expect(commit.previousHash).toBe(commits[index - 1]?.hash ?? '0'.repeat(64))
    }
  })
})
