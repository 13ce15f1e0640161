import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { changed } from './imported-events.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const RULE = 'arn:aws:config:eu-central-1:111122223333:config-rule/config-rule-sample'
const sample = (name: string) => findingIn(sampleEvent(`config/${name}`))
const failed = sample('access-keys-non-compliant')

test('a resource that breaks a rule', () => {
  expect(failed).toMatchObject({
    findingId: `${RULE}|AWS::IAM::User|AIDAEXAMPLEEXAMPLE01`,
    wrapping: 'config',
    source: 'config',
    family: 'access-keys-rotated',
    severity: 'MEDIUM',
    nativeSeverity: 'NON_COMPLIANT',
    title: 'access-keys-rotated',
    accountId: '111122223333',
    region: 'eu-central-1',
    resources: [{ type: 'AwsIamUser', id: 'AIDAEXAMPLEEXAMPLE01' }],
    principals: ['111122223333:id/AIDAEXAMPLEEXAMPLE01'],
    firstSeenAt: '2027-03-06T02:13:29.741Z',
    lastSeenAt: '2027-03-06T02:13:29.905Z',
    version: { updatedAt: '2027-03-06T02:13:29.741Z', state: 'active' },
    traits: ['non-compliant'],
    ignoredReason: null,
  })
})

test.each([
  ['compliant', 'Passed', 'passed'],
  ['not-applicable', 'NotAFinding', 'resolved'],
  ['insufficient-data', 'NotAFinding', 'active'],
])('%s: the same key, later', (name, ignoredReason, state) => {
  const later = sample(`access-keys-${name}`)
  expect(later).toMatchObject({ key: failed.key, ignoredReason, version: { state }, traits: [name] })
  expect(later.version.updatedAt > failed.version.updatedAt).toBe(true)
})

test('one id of two types whose ARNs it does not tell is two resources', () => {
  const keyOf = (resourceType: string) =>
    findingIn(changed('config/access-keys-non-compliant', { resourceType, resourceId: 'prod' })).key
  expect(keyOf('AWS::RDS::DBInstance')).not.toBe(keyOf('AWS::Kinesis::Stream'))
})

const SERVICE_RULE =
  'arn:aws:config:eu-central-1:111122223333:config-rule/aws-service-rule/securityhub.amazonaws.com/config-rule-sample'

describe('a rule that Security Hub has made, whose result it sends as the finding of a control', () => {
  test.each([
    { configRuleName: 'securityhub-access-keys-rotated-baa2cf8c', configRuleARN: SERVICE_RULE },
    { configRuleName: 'securityhub-access-keys-rotated-baa2cf8c', configRuleARN: undefined },
    { configRuleName: 'access-keys-rotated', configRuleARN: SERVICE_RULE },
  ])('%j pages nobody by itself', (change) => {
    const event = changed('config/access-keys-non-compliant', change)
    expect(findingIn(event)).toMatchObject({ ignoredReason: 'CoveredElsewhere', version: { state: 'active' } })
  })

  test('what passed is set aside as that', () => {
    const event = changed('config/access-keys-compliant', { configRuleARN: SERVICE_RULE })
    expect(findingIn(event).ignoredReason).toBe('Passed')
  })

  test.each(['my-securityhub-rule', 'securityhubrule'])("%s is somebody's own", (configRuleName) => {
    expect(findingIn(changed('config/access-keys-non-compliant', { configRuleName })).ignoredReason).toBeNull()
  })

  test('a rule of another service pages', () => {
    const configRuleARN = SERVICE_RULE.replace('securityhub.', 'controltower.')
    expect(findingIn(changed('config/access-keys-non-compliant', { configRuleARN })).ignoredReason).toBeNull()
  })
})

test('over a topic, and without an envelope, it is the same finding', () => {
  const { detail } = sampleEvent('config/access-keys-non-compliant') as { detail: object }
  expect(sample('over-topic')).toEqual(failed)
  expect(findingIn(detail)).toEqual(failed)
})

test('another account, Region, rule or resource is another finding', () => {
  const event = sampleEvent('config/access-keys-non-compliant') as { detail: object }
  const changes = [
    { awsAccountId: '444455556666' },
    { awsRegion: 'eu-west-1' },
    { configRuleARN: 'x' },
    { resourceId: 'y' },
  ]
  const keys = changes.map((change) => findingIn({ ...event, detail: { ...event.detail, ...change } }).key)
  expect(new Set([failed.key, ...keys]).size).toBe(5)
})

test.each([
  ['broken-without-rule', 'detail.configRuleName'],
  ['broken-unknown-compliance', 'detail.newEvaluationResult.complianceType'],
  ['broken-without-result', 'detail.newEvaluationResult'],
])('%s says where it is wrong', (name, path) => {
  expect(parseEvent(sampleEvent(`config/${name}`))).toMatchObject([{ ok: false, error: { path } }])
})

test('no instant at all', () => {
  const detail = { configRuleName: 'r', newEvaluationResult: { complianceType: 'NON_COMPLIANT' } }
  const [item] = parseEvent({ 'detail-type': 'Config Rules Compliance Change', detail })
  expect(item).toMatchObject({ ok: false, error: { path: 'detail.newEvaluationResult.resultRecordedTime' } })
})

test('whatever stands in it, it never throws', () => {
  const any = fc.anything()
  const shape = fc.oneof(any, fc.record({ configRuleName: any, newEvaluationResult: any, resourceType: any }))
  fc.assert(
    fc.property(shape, (detail) => {
      expect(parseEvent({ 'detail-type': 'Config Rules Compliance Change', detail })).toHaveLength(1)
    }),
  )
})
