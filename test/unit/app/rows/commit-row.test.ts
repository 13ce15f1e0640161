import { describe, expect, it } from 'vitest'
import {
  type Commit,
  commitRow,
  readCommit,
  recallCommit,
  rememberCommit,
} from '../../../../shared/app/rows/commit-row.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'
import type { Item } from '../../../../shared/ports/table.ts'

const COMMIT: Commit = {
  incidentId: 'inc-recalled',
  sequence: 7,
  at: '2027-03-10T10:00:00.000Z',
  actor: 'muster',
  directoryVersion: 'd1',
  causes: [],
  events: [{ type: 'SeverityChanged', v: 1, data: { severity: 'SEV1', reason: 'worse' } } as never],
  previousHash: '0'.repeat(64),
}
const row = (change: Partial<Commit> = {}): Item => commitRow({ ...COMMIT, ...change })

describe('a commit that this process has stored', () => {
  it('is what reading its row gives, without a reading', () => {
    const events = [{ type: 'SeverityChanged', v: 1, data: { z: [{ b: 1, a: undefined }], severity: 'SEV1' } } as never]
    const stored = commitRow({ ...COMMIT, incidentId: 'inc-stored', events })
    rememberCommit(stored)
    const recalled = recallCommit({ ...stored })
    expect(recalled).toStrictEqual(readCommit(stored))
    expect(recallCommit({ ...stored })).toBe(recalled)
    expect(events[0]).toStrictEqual({
      type: 'SeverityChanged',
      v: 1,
      data: { z: [{ b: 1, a: undefined }], severity: 'SEV1' },
    })
  })

  it('is read as ever where only the text tells what it says', () => {
    const dated = commitRow({ ...COMMIT, incidentId: 'inc-dated', events: [{ at: new Date(0) } as never] })
    rememberCommit(dated)
    expect(recallCommit(dated).events).toStrictEqual([{ at: '1970-01-01T00:00:00.000Z' }])
  })

  it('does not stand for another row at its place', () => {
    rememberCommit(commitRow({ ...COMMIT, incidentId: 'inc-raced' }))
    const other = commitRow({ ...COMMIT, incidentId: 'inc-raced', actor: 'ana' })
    expect(recallCommit(other)).toStrictEqual(readCommit(other))
  })
})

describe('a commit that was read before', () => {
  it('is the same object as long as the row has the same bytes', () => {
    const first = recallCommit(row())
    expect(first).toEqual(readCommit(row()))
    expect(recallCommit({ ...row() })).toBe(first)
    expect(readCommit(row())).not.toBe(first)
  })

  it('is never given for a row that has changed, whether its hash says so or not', () => {
    recallCommit(row())
    const changed = row({ actor: 'ana' })
    expect(recallCommit(changed)).toEqual(readCommit(changed))
    const sameHash = { ...changed, hash: String(row().hash) }
    expect(recallCommit(sameHash)).toEqual(readCommit(sameHash))
    const otherHash = { ...row(), hash: 'f'.repeat(64) }
    expect(recallCommit(otherHash)).toEqual(readCommit(otherHash))
    expect(recallCommit(row())).toEqual(readCommit(row()))
  })

  it('is never given for another incident or another place', () => {
    for (const one of [row(), row({ incidentId: 'inc-other' }), row({ sequence: 8 })]) {
      expect(recallCommit(one)).toEqual(readCommit(one))
    }
    const moved = { ...row(), pk: 'INC#inc-moved' }
    expect(recallCommit(moved)).not.toBe(recallCommit(row()))
  })

  it('says of its mark what the row says now', () => {
    const { duePk: _duePk, dueAt: _dueAt, ...unmarked } = row()
    expect([row(), unmarked, row()].map((one) => recallCommit(one).marked)).toEqual([true, false, true])
    expect(recallCommit(unmarked)).toEqual(readCommit(unmarked))
  })

  it('is forgotten once 500 others were read', () => {
    const first = recallCommit(row())
    for (let sequence = 1; sequence <= 499; sequence += 1) recallCommit(row({ incidentId: 'inc-many', sequence }))
    expect(recallCommit(row())).toBe(first)
    for (let sequence = 1; sequence <= 500; sequence += 1) recallCommit(row({ incidentId: 'inc-more', sequence }))
    expect(recallCommit(row())).not.toBe(first)
    expect(recallCommit(row())).toEqual(first)
  })

  it('of a row that is no commit is a fault, each time', () => {
    recallCommit(row())
    const { body: _body, ...broken } = row()
    for (let time = 0; time < 2; time += 1) expect(() => recallCommit(broken)).toThrow(PermanentFault)
  })
})
