import { beforeEach, describe, expect, it } from 'vitest'
import {
  glanceAt,
  headRow,
  isOversized,
  MOST_HEAD_BYTES,
  readHead,
  recallHead,
  rememberHead,
} from '../../../../shared/app/rows/head-row.ts'
import { wakeAt } from '../../../../shared/core/decide.ts'
import type { Clock, IncidentState } from '../../../../shared/core/incident/state.ts'
import { PermanentFault } from '../../../../shared/ports/faults.ts'
import { InMemoryMuster } from '../in-memory-muster.ts'

const HASH = 'a'.repeat(64)
let state: IncidentState

beforeEach(async () => {
  const muster = await InMemoryMuster.start()
  state = await muster.state(await muster.open())
})

const size = (one: IncidentState) => Buffer.byteLength(String(headRow(one, HASH).body))

function clock(number: number): Clock {
  const at = `2027-03-${10 + (number % 20)}T10:00:00.${String(number).padStart(3, '0')}Z`
  return {
    id: `clk-${(number * 7_919).toString(16).padStart(10, '0')}`,
    obligationId: `obligation-${number}`,
    entityId: `legal-entity-number-${number}`,
    role: 'controller',
    status: 'provisional',
    stages: [
      {
        id: 'authority',
        status: 'running',
        anchor: { name: 'awareness', at, basis: 'presumed' },
        dueAt: at,
        safeDueAt: at,
        warned: number % 6,
        lastSubmission: null,
      },
    ],
  }
}

describe('a head that this process has stored', () => {
  it('is what reading its row gives, without a reading', () => {
    const row = headRow(state, HASH)
    rememberHead(row)
    const recalled = recallHead({ ...row })
    expect(recalled).toStrictEqual(readHead(row))
    expect(recallHead({ ...row })?.state).toBe(recalled?.state)
  })

  it('does not stand for another row of the same incident', () => {
    rememberHead(headRow(state, HASH))
    const other = headRow({ ...state, title: 'Another title' }, HASH)
    expect(recallHead(other)).toStrictEqual(readHead(other))
  })
})

describe('the head row', () => {
  it('gives back the state, its hash and its wake', () => {
    const row = headRow(state, HASH)
    expect(readHead(row)).toEqual({ sequence: state.sequence, hash: HASH, state, wakeAt: wakeAt(state) })
    expect(row).toMatchObject({ sk: 'HEAD', dueAt: wakeAt(state), listAt: state.openedAt })
    expect(row.listPk).toMatch(/^open#/)
  })

  it('takes at most 300 bytes for each clock', () => {
    const many = Array.from({ length: 60 }, (_, number) => clock(number))
    expect((size({ ...state, clocks: many }) - size({ ...state, clocks: [] })) / many.length).toBeLessThan(300)
  })

  it('takes at most 100 bytes for each incident that it has absorbed or is seen with, of which there are at most 50', () => {
    const ids = Array.from({ length: 50 }, (_, place) => `inc-${(place * 7_919_777_777_777).toString(16).slice(0, 16)}`)
    const absorbed = ids.map((id, place) => ({ id, upTo: place * 13, print: `${id.slice(4, 14)}`, via: null }))
    expect((size({ ...state, absorbed, linked: ids }) - size(state)) / 100).toBeLessThan(100)
  })

  it('with nothing due by itself is in no due index', () => {
    const quiet: IncidentState = {
      ...state,
      status: 'closed',
      closedAt: state.openedAt,
      closedBy: 'ana',
      unsettled: {},
    }
    const row = headRow(quiet, HASH)
    expect(row.duePk).toBeUndefined()
    expect(row.listPk).toMatch(/^closed#/)
  })

  it('knows when it is too large', () => {
    const row = headRow(state, HASH)
    expect(isOversized(row)).toBe(false)
    expect(isOversized({ ...row, body: 'x'.repeat(MOST_HEAD_BYTES) })).toBe(false)
    expect(isOversized({ ...row, body: 'x'.repeat(MOST_HEAD_BYTES + 1) })).toBe(true)
  })

  it('refuses what is no head', () => {
    expect(() => readHead({ pk: 'INC#x', sk: 'HEAD' })).toThrow(PermanentFault)
  })

  it('is read once for the same bytes, and anew for others', () => {
    const row = headRow(state, HASH)
    const first = recallHead(row)
    expect(first).toEqual(readHead(row))
    expect(recallHead({ ...row, sequence: 99, hash: 'b'.repeat(64) })).toEqual({
      ...first,
      sequence: 99,
      hash: 'b'.repeat(64),
    })
    expect(recallHead({ ...row })?.state).toBe(first?.state)
    const other = headRow({ ...state, severity: 'SEV4' }, HASH)
    expect(recallHead(other)).toEqual(readHead(other))
    expect(recallHead({ ...row, format: 0 })).toBeNull()
    expect(() => recallHead({ pk: row.pk, sk: 'HEAD' })).toThrow(PermanentFault)
  })

  it('tells at a glance what the state says, without its body', () => {
    const { severity, status, mergedInto } = state
    const { body: _body, ...attributes } = headRow(state, HASH)
    expect(glanceAt(attributes)).toEqual({ severity, status, mergedInto })
    const merged: IncidentState = { ...state, mergedInto: 'inc-other', severity: 'SEV1' }
    expect(glanceAt(headRow(merged, HASH))).toEqual({ severity: 'SEV1', status, mergedInto: 'inc-other' })
  })

  it('written before it had these attributes is read for a glance', () => {
    const { severity: _severity, status: _status, ...old } = headRow({ ...state, mergedInto: 'inc-other' }, HASH)
    delete (old as { mergedInto?: unknown }).mergedInto
    expect(glanceAt(old)).toMatchObject({ severity: state.severity, status: 'open', mergedInto: 'inc-other' })
  })

  it('of another format tells nothing at a glance', () => {
    expect(glanceAt({ ...headRow(state, HASH), format: 0 })).toBeNull()
    expect(() => glanceAt({ pk: 'INC#x', sk: 'HEAD' })).toThrow(PermanentFault)
  })
})
