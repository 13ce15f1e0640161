import { describe, expect, it } from 'vitest'
import type { FindingRules, Suppression } from '../../../../shared/core/directory/finding-rules.ts'
import { groupKeyOf } from '../../../../shared/core/findings/group.ts'
import { judgeFinding } from '../../../../shared/core/findings/judge.ts'
import { organisation } from '../directory/sample-directory.ts'
import { ungraded } from './ungraded-finding.ts'

const NOW = '2027-03-10T10:00:00.000Z'
const HOLD: Suppression = {
  ...{ id: 'noise', kind: 'suppression', filter: { accountId: ['111122223333'] }, owner: 'ana', reason: 'a test' },
  ...{ from: NOW, until: '2027-03-11T10:00:00.000Z' },
}
const by = (findings: Partial<FindingRules>) =>
  organisation({ findings: { severities: [], groups: [], suppressions: [], ...findings } })
const alarm = ungraded({ source: 'cloudwatch', severity: null })

describe('judgeFinding', () => {
  it('leaves a finding as it is where nobody has a rule', () => {
    const judged = judgeFinding(ungraded(), organisation(), NOW)
    expect(judged).toMatchObject({ steps: [], groupingRuleId: null, suppression: null })
    const groupKey = groupKeyOf(ungraded())
    expect(judged.finding).toEqual({ ...ungraded(), groupKey, heldBy: null, ignoredReason: null })
  })

  it('asks the user before the built-in rules', () => {
    expect(judgeFinding(alarm, organisation(), NOW)).toMatchObject({
      ...{ finding: { severity: 'HIGH' }, steps: [{ ruleId: 'cloudwatch-alarm' }] },
    })
    const mine = by({ severities: [{ id: 'mine', filter: { source: ['cloud*'] }, severity: 'LOW', use: 'missing' }] })
    expect(judgeFinding(alarm, mine, NOW)).toMatchObject({ finding: { severity: 'LOW' }, steps: [{ ruleId: 'mine' }] })
  })

  it('groups by the severity that a rule gave, under the id of the rule', () => {
    const directory = by({ groups: [{ id: 'per-region', filter: { severity: ['HIGH'] }, by: ['region'] }] })
    const judged = judgeFinding(alarm, directory, NOW)
    expect(judged.groupingRuleId).toBe('per-region')
    expect(judged.finding.groupKey).toBe('["111122223333",{"rule":"per-region"},"eu-central-1"]')
  })

  it('holds back by a rule, and says which and of what kind', () => {
    const held = judgeFinding(ungraded(), by({ suppressions: [HOLD] }), NOW)
    expect(held.suppression).toEqual(HOLD)
    expect(held.finding).toMatchObject({ ignoredReason: 'SuppressedByRule', heldBy: 'noise' })
    const work = by({ suppressions: [{ ...HOLD, kind: 'maintenance' }] })
    expect(judgeFinding(ungraded(), work, NOW).finding.ignoredReason).toBe('Maintenance')
  })

  it('holds back a finding that was raised to CRITICAL only where the rule names that', () => {
    const raised = { severities: [{ id: 'up', filter: {}, severity: 'CRITICAL', use: 'raise' }] } as const
    expect(judgeFinding(ungraded(), by({ ...raised, suppressions: [HOLD] }), NOW).suppression).toBeNull()
    const named = { ...HOLD, filter: { severity: ['CRITICAL'] } }
    expect(judgeFinding(ungraded(), by({ ...raised, suppressions: [named] }), NOW).suppression?.id).toBe('noise')
  })

  it('leaves the reason of its own to what would not page anyway', () => {
    const archived = ungraded({ ignoredReason: 'Archived' })
    const { finding } = judgeFinding(archived, by({ suppressions: [HOLD] }), NOW)
    expect(finding).toMatchObject({ ignoredReason: 'Archived', heldBy: null })
  })
})
