import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseEvent } from '../../../shared/sources/parse-event.ts'
import { SECURITY_IR } from '../../../shared/sources/security-ir.ts'
import { findingIn, sampleEvent } from './sample-events.ts'

const CASE = 'arn:aws:security-ir:eu-central-1:111122223333:case/1234567890'
const AT = '2027-03-06T02:13:30.000Z'
const sample = (name: string) => findingIn(sampleEvent(`security-ir/${name}`))
const created = sample('case-created')

test('a new case', () => {
  expect(created).toMatchObject({
    findingId: CASE,
    wrapping: 'security-ir',
    source: 'security-ir',
    type: 'Case Created',
    severity: 'HIGH',
    title: 'Case Created 1234567890',
    accountId: '111122223333',
    region: 'eu-central-1',
    resources: [{ type: 'AwsSecurityIrCase', id: CASE }],
    firstSeenAt: AT,
    lastSeenAt: AT,
    version: { updatedAt: AT, state: 'active' },
    traits: ['case', 'created'],
    ignoredReason: null,
  })
})

test.each([
  ['case-updated', 'NotAFinding', 'active', ['case', 'updated', 'by-aws']],
  ['case-comment-added', 'NotAFinding', 'active', ['case', 'comment-added']],
  ['case-closed', 'Resolved', 'resolved', ['case', 'closed']],
])('%s: a newer version that pages nobody', (name, ignoredReason, state, traits) => {
  const later = sample(name)
  expect(later).toMatchObject({
    key: created.key,
    groupKey: created.groupKey,
    ignoredReason,
    traits,
    version: { state },
  })
  expect(later.version.updatedAt > created.version.updatedAt).toBe(true)
})

test('a membership is no finding', () => {
  expect(sample('membership-created')).toMatchObject({
    ignoredReason: 'NotAFinding',
    traits: ['membership', 'created'],
  })
})

test('without an ARN, the case has the one that AWS would write', () => {
  const event = sampleEvent('security-ir/case-created') as object
  expect(findingIn({ ...event, resources: [] })).toEqual(created)
})

test.each([
  ['broken-without-id', 'detail.caseId'],
  ['broken-detail', 'detail'],
])('%s says where it is wrong', (name, path) => {
  expect(parseEvent(sampleEvent(`security-ir/${name}`))).toMatchObject([{ ok: false, error: { path } }])
})

test('no time at all', () => {
  const event = sampleEvent('security-ir/case-created') as object
  expect(parseEvent({ ...event, time: 'now' })).toMatchObject([{ ok: false, findingId: CASE }])
})

test('whatever stands in it, it never throws', () => {
  const any = fc.anything()
  const detailTypes = SECURITY_IR.events.map(({ detailType }) => detailType)
  fc.assert(
    fc.property(
      fc.oneof(any, fc.record({ caseId: any })),
      any,
      fc.constantFrom(...detailTypes),
      (detail, resources, kind) => {
        expect(parseEvent({ 'detail-type': kind, time: AT, resources, detail })).toHaveLength(1)
      },
    ),
  )
})
