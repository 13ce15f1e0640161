import { describe, expect, it, test } from 'vitest'
import type { Suppression } from '../../../../shared/core/directory/finding-rules.ts'
import { suppressionOf } from '../../../../shared/core/findings/suppressed.ts'
import type { FindingSeverity } from '../../../../shared/core/severity/severity.ts'
import { ungraded } from './ungraded-finding.ts'

const RULE: Suppression = {
  ...{ id: 'known-noise', kind: 'suppression', filter: { source: ['securityhub'] }, owner: 'ana', reason: 'a test' },
  ...{ from: '2027-03-10T10:00:00.000Z', until: '2027-03-10T11:00:00.000Z' },
}
const held = (severity: FindingSeverity, rules: Suppression[], now = RULE.from) =>
  suppressionOf({ ...ungraded(), severity }, rules, null, now)?.id ?? null

describe('suppressionOf', () => {
  test.each([
    ['2027-03-10T09:59:59.000Z', null],
    ['2027-03-10T09:59:59.999Z', null],
    ['2027-03-10T10:00:00.000Z', 'known-noise'],
    ['2027-03-10T10:00:01.000Z', 'known-noise'],
    ['2027-03-10T10:59:59.000Z', 'known-noise'],
    ['2027-03-10T11:00:00.000Z', null],
    ['2027-03-10T11:00:01.000Z', null],
  ])('at %s: %s', (now, expected) => {
    expect(held('HIGH', [RULE], now)).toBe(expected)
  })

  it('asks the filter, and gives the first that holds', () => {
    const elsewhere = { ...RULE, id: 'elsewhere', filter: { source: ['guardduty'] } }
    const again = { ...RULE, id: 'again' }
    expect(held('HIGH', [elsewhere, RULE, again])).toBe('known-noise')
    expect(held('HIGH', [elsewhere])).toBeNull()
  })

  test.each([
    [undefined, null],
    [['*'], null],
    [['CRIT*'], null],
    [['?RITICAL'], null],
    [['HIGH'], null],
    [['CRITICAL'], 'known-noise'],
    [['critical', 'HIGH'], 'known-noise'],
  ])('a critical one with severity %j: %s', (severity, expected) => {
    const filter = { ...RULE.filter, ...(severity === undefined ? {} : { severity }) }
    expect(held('CRITICAL', [{ ...RULE, filter }])).toBe(expected)
  })
})
