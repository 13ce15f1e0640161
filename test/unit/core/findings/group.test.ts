import { expect, test } from 'vitest'
import { groupKeyOf } from '../../../../shared/core/findings/group.ts'

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

test('parts cannot run into one another', () => {
  const a = groupKeyOf({ ...base, principal: 'a","b', family: 'c' })
  expect(a).not.toBe(groupKeyOf({ ...base, principal: 'a', family: 'b","c' }))
})
