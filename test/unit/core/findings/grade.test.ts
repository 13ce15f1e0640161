import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { SeverityRule } from '../../../../shared/core/directory/finding-rules.ts'
import { IGNORED_REASONS } from '../../../../shared/core/findings/finding.ts'
import { gradeOf } from '../../../../shared/core/findings/grade.ts'
import { FINDING_SEVERITIES, type FindingSeverity, isWorseFinding } from '../../../../shared/core/severity/severity.ts'
import { ungraded } from './ungraded-finding.ts'

const rule = (id: string, severity: FindingSeverity, change: Partial<SeverityRule> = {}): SeverityRule => ({
  ...{ id, filter: {}, severity, use: 'missing' },
  ...change,
})
const graded = (severity: FindingSeverity | null, ...rules: SeverityRule[]) =>
  gradeOf(ungraded({ severity }), rules, null)

describe('gradeOf', () => {
  it('leaves what the provider says, whatever would give another', () => {
    expect(graded('LOW', rule('a', 'CRITICAL'))).toEqual({ severity: 'LOW', ignoredReason: null, steps: [] })
    expect(graded('INFORMATIONAL')).toMatchObject({ severity: 'INFORMATIONAL', ignoredReason: 'Informational' })
  })

  it('gives a missing one by the first rule that fits', () => {
    const elsewhere = rule('elsewhere', 'CRITICAL', { filter: { source: ['guardduty'] } })
    expect(graded(null, elsewhere, rule('a', 'LOW'), rule('b', 'HIGH'))).toEqual({
      ...{ severity: 'LOW', ignoredReason: null },
      steps: [{ ruleId: 'a', severity: 'LOW' }],
    })
  })

  it('says that no rule gives one, and that a rule says informational', () => {
    expect(graded(null)).toEqual({ severity: 'INFORMATIONAL', ignoredReason: 'NoSeverityRule', steps: [] })
    expect(graded(null, rule('quiet', 'INFORMATIONAL'))).toMatchObject({ ignoredReason: 'Informational' })
  })

  it('raises to the worst that fits, after what was given', () => {
    const raises = [rule('a', 'HIGH', { use: 'raise' }), rule('b', 'CRITICAL', { use: 'raise' })]
    expect(graded('LOW', ...raises)).toMatchObject({ severity: 'CRITICAL', steps: [{ ruleId: 'b' }] })
    expect(graded(null, rule('c', 'LOW'), ...raises).steps.map(({ ruleId }) => ruleId)).toEqual(['c', 'b'])
    expect(graded('INFORMATIONAL', ...raises)).toMatchObject({ severity: 'CRITICAL', ignoredReason: null })
    expect(graded(null, ...raises)).toMatchObject({ severity: 'CRITICAL', ignoredReason: null })
  })

  it('lets what raises ask for the severity that a rule has given', () => {
    const raise = rule('b', 'CRITICAL', { use: 'raise', filter: { severity: ['HIGH'] } })
    expect(graded(null, rule('a', 'HIGH'), raise).severity).toBe('CRITICAL')
    expect(graded(null, rule('a', 'LOW'), raise).severity).toBe('LOW')
    expect(graded(null, raise)).toMatchObject({ severity: 'INFORMATIONAL', ignoredReason: 'NoSeverityRule' })
  })

  it('never lowers, and keeps a reason that the finding has of its own', () => {
    const severities = fc.constantFrom(...FINDING_SEVERITIES)
    const rules = fc.array(
      fc.record({ severity: severities, use: fc.constantFrom('missing' as const, 'raise' as const) }),
    )
    const reasons = fc.option(fc.constantFrom(...IGNORED_REASONS))
    fc.assert(
      fc.property(severities, rules, reasons, (severity, drawn, ignoredReason) => {
        const given = drawn.map((one, index) => ({ ...one, id: `r${index}`, filter: {} }))
        const grade = gradeOf(ungraded({ severity, ignoredReason }), given, null)
        expect(isWorseFinding(severity, grade.severity)).toBe(false)
        const worst = given.filter(({ use }) => use === 'raise').map((one) => one.severity)
        expect([severity, ...worst]).toContain(grade.severity)
        expect([severity, ...worst].some((one) => isWorseFinding(one, grade.severity))).toBe(false)
        if (ignoredReason !== null) expect(grade.ignoredReason).toBe(ignoredReason)
      }),
    )
  })
})
