import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { judgeRow, judgeWithIncident } from '../../../../shared/core/retention/judge-row.ts'
import { RETENTION, type SweptKind } from '../../../../shared/core/retention/retention.ts'
import { instantOf, plusMs } from '../../../../shared/core/time/instant.ts'

const AT = '2027-03-10T10:00:00.000Z'
const DAY_MS = 24 * 3_600_000
const KINDS = Object.keys(RETENTION) as SweptKind[]
const endOf = (kind: SweptKind) => plusMs(AT, RETENTION[kind].days * DAY_MS)

describe('how long rows are kept', () => {
  it('is what the operating guide says', () => {
    const days = Object.fromEntries(KINDS.map((kind) => [kind, RETENTION[kind].days]))
    expect(days).toEqual({
      quarantine: 90,
      'ignored-finding': 90,
      'awaited-signal': 90,
      'reply-code': 31,
      'incident-finding': 400,
      claim: 400,
      receipt: 400,
      answer: 400,
      'let-go-seat': 400,
      indicator: 31,
    })
  })

  it.each(KINDS)('%s: to the millisecond, by its own instant', (kind) => {
    const row = { kind, lastAt: AT, incidentId: null }
    const verdicts = [-1000, -1, 0, 1000].map((ms) => judgeRow(row, plusMs(endOf(kind), ms)))
    expect(verdicts).toEqual(['keep', 'keep', 'delete', 'delete'])
  })

  it.each(KINDS)('%s: to the millisecond, by its incident', (kind) => {
    const verdicts = [-1000, -1, 0, 1000].map((ms) => judgeWithIncident(kind, AT, plusMs(endOf(kind), ms)))
    expect(verdicts).toEqual(['keep', 'keep', 'delete', 'delete'])
    expect(judgeWithIncident(kind, null, '9999-01-01T00:00:00.000Z')).toBe('keep')
  })

  it('a row of an incident goes only when both say so: its own instant comes first', () => {
    const row = { kind: 'receipt', lastAt: AT, incidentId: 'inc-1' } as const
    expect(judgeRow(row, plusMs(endOf('receipt'), -1))).toBe('keep')
    expect(judgeRow(row, endOf('receipt'))).toBe('ask-incident')
    expect(judgeRow({ ...row, lastAt: null }, AT)).toBe('ask-incident')
  })

  it('a row without an instant and without an incident is kept', () => {
    expect(judgeRow({ kind: 'answer', lastAt: null, incidentId: null }, '9999-01-01T00:00:00.000Z')).toBe('keep')
  })

  it.each(['', 'yesterday', '2027-03-10', '+010000-01-01T00:00:00.000Z', '2027-03-10T10:00:00Z'])(
    'an instant that is none is kept: %s',
    (lastAt) => {
      expect(judgeRow({ kind: 'quarantine', lastAt, incidentId: null }, '9999-01-01T00:00:00.000Z')).toBe('keep')
      expect(judgeWithIncident('claim', lastAt, '9999-01-01T00:00:00.000Z')).toBe('keep')
    },
  )

  it('what may go once may go ever after', () => {
    const at = fc.integer({ min: 0, max: 4e12 }).map(instantOf)
    fc.assert(
      fc.property(fc.constantFrom(...KINDS), at, at, fc.nat(), (kind, lastAt, now, laterMs) => {
        const row = { kind, lastAt, incidentId: null }
        fc.pre(judgeRow(row, now) === 'delete')
        expect(judgeRow(row, plusMs(now, laterMs))).toBe('delete')
        expect(now > lastAt).toBe(true)
      }),
    )
  })
})
