import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { GROUPING_PARTS, type GroupingRule } from '../../../../shared/core/directory/finding-rules.ts'
import { groupingOf, groupKeyOf } from '../../../../shared/core/findings/group.ts'
import { ungraded } from './ungraded-finding.ts'

const resources = [
  { type: 'AwsEc2Instance', id: 'i-1' },
  { type: 'AwsS3Bucket', id: 'arn:aws:s3:::b' },
]
const base = { accountId: '111122223333', principal: 'sample-user', resources, family: 'Recon' }

test('who acted counts before what was touched', () => {
  expect(groupKeyOf({ ...base, resources: [] })).toBe(groupKeyOf(base))
  expect(groupKeyOf({ ...base, principal: 'other' })).not.toBe(groupKeyOf(base))
})

test('without a principal the first resource counts', () => {
  const anonymous = { ...base, principal: null }
  expect(groupKeyOf({ ...anonymous, resources: resources.slice(0, 1) })).toBe(groupKeyOf(anonymous))
  expect(groupKeyOf({ ...anonymous, resources: resources.slice(1) })).not.toBe(groupKeyOf(anonymous))
})

test('account and family keep groups apart, also with neither principal nor resource', () => {
  const bare = { ...base, principal: null, resources: [] }
  expect(groupKeyOf({ ...bare, accountId: '444455556666' })).not.toBe(groupKeyOf(bare))
  expect(groupKeyOf({ ...bare, family: 'Stealth' })).not.toBe(groupKeyOf(bare))
  expect(groupKeyOf({ ...bare })).toBe(groupKeyOf(bare))
})

test('of Macie the first resource counts, also where somebody is known to have acted', () => {
  const macie = { ...base, source: 'macie' }
  expect(groupKeyOf({ ...macie, principal: null })).toBe(groupKeyOf(macie))
  expect(groupKeyOf({ ...macie, resources: resources.slice(1) })).not.toBe(groupKeyOf(macie))
  expect(groupKeyOf({ ...macie, source: 'guardduty' })).not.toBe(groupKeyOf(macie))
})

test('of Config only the rule counts, whatever resource breaks it', () => {
  const config = { ...base, source: 'config' }
  expect(groupKeyOf({ ...config, principal: null, resources: resources.slice(1) })).toBe(groupKeyOf(config))
  expect(groupKeyOf({ ...config, family: 'another-rule' })).not.toBe(groupKeyOf(config))
  expect(groupKeyOf({ ...config, accountId: '444455556666' })).not.toBe(groupKeyOf(config))
})

test('parts cannot run into one another', () => {
  const a = groupKeyOf({ ...base, principal: 'a","b', family: 'c' })
  expect(a).not.toBe(groupKeyOf({ ...base, principal: 'a', family: 'b","c' }))
})

describe('groupingOf', () => {
  const rule = (id: string, by: GroupingRule['by'], filter: GroupingRule['filter'] = {}): GroupingRule => ({
    ...{ id, filter, by },
  })
  const parts = (by: GroupingRule['by'], finding = ungraded()) => groupingOf(finding, [rule('g', by)], null)?.parts

  test('the first rule that fits decides; none is as ever', () => {
    const elsewhere = rule('elsewhere', ['type'], { source: ['guardduty'] })
    expect(groupingOf(ungraded(), [elsewhere], null)).toBeNull()
    expect(groupingOf(ungraded(), [elsewhere, rule('a', ['type']), rule('b', ['source'])], null)?.id).toBe('a')
  })

  test('each part is what the finding has of it', () => {
    const { accountId, principal, family, type, source, region } = ungraded()
    expect(parts([...GROUPING_PARTS])).toEqual([
      ...[accountId, principal, 'arn:aws:s3:::first', family, type, source, region],
    ])
    expect(parts(['actor'], ungraded({ principal: null }))).toEqual(['arn:aws:s3:::first'])
    expect(parts(['actor', 'resource'], ungraded({ principal: null, resources: [] }))).toEqual(['', ''])
  })

  test('keys of different rules, and of none, never meet', () => {
    const given = fc.record({
      principal: fc.option(fc.string()),
      family: fc.string(),
      type: fc.string(),
      region: fc.string(),
    })
    const rules = fc.option(
      fc.record({ id: fc.constantFrom('a', 'b'), by: fc.subarray([...GROUPING_PARTS], { minLength: 1 }) }),
    )
    const drawn = fc.tuple(given, rules)
    fc.assert(
      fc.property(drawn, drawn, ([one, ruleOne], [two, ruleTwo]) => {
        const keyOf = (change: typeof one, drawnRule: typeof ruleOne) => {
          const finding = ungraded(change)
          return groupKeyOf(finding, drawnRule && groupingOf(finding, [{ ...drawnRule, filter: {} }], null))
        }
        if (ruleOne?.id !== ruleTwo?.id) expect(keyOf(one, ruleOne)).not.toBe(keyOf(two, ruleTwo))
        expect(keyOf(one, ruleOne)).toBe(keyOf({ ...one }, ruleOne))
      }),
    )
  })

  test('another account is another group, by whatever a rule groups', () => {
    const group = (accountId: string) =>
      groupKeyOf(ungraded({ accountId }), groupingOf(ungraded({ accountId }), [rule('g', ['type'])], null))
    expect(group('111122223333')).not.toBe(group('444455556666'))
  })
})
