import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { asffKey, guardDutyKey, MAX_KEY_BYTES } from '../../../../shared/core/findings/finding-key.ts'

test('a GuardDuty key names region, account and id', () => {
  const key = guardDutyKey({ accountId: '111122223333', region: 'eu-central-1', id: 'abc' })
  expect(key).toBe('guardduty:eu-central-1:111122223333:abc')
  expect(guardDutyKey({ accountId: '444455556666', region: 'eu-central-1', id: 'abc' })).not.toBe(key)
})

test('an ARN stands alone, any other id with its product and account', () => {
  const arn = 'arn:aws:inspector2:eu-central-1:111122223333:finding/1'
  const accountId = '111122223333'
  expect(asffKey({ id: arn, product: 'whatever', accountId })).toBe(arn)
  expect(asffKey({ id: '1', product: 'a', accountId })).toBe('a:111122223333:1')
  expect(asffKey({ id: '1', product: 'b', accountId })).not.toBe(asffKey({ id: '1', product: 'a', accountId }))
  expect(asffKey({ id: '1', product: 'a', accountId: '444455556666' })).toBe('a:444455556666:1')
})

test.each([['x'.repeat(2048)], ['tab\tin it'], ['名前'], ['\u0000']])(
  'an id that is long or odd is hashed: %j',
  (id) => {
    expect(asffKey({ id, product: 'p', accountId: '1' })).toMatch(/^sha256:[0-9a-f]{64}$/)
  },
)

test('a key is always short and plain, and differs where ids differ', () => {
  const id = fc.string({ unit: 'binary', minLength: 1, maxLength: 400 })
  fc.assert(
    fc.property(id, id, (a, b) => {
      const [keyA, keyB] = [a, b].map((one) => asffKey({ id: one, product: 'p', accountId: '1' }))
      expect(keyA).toMatch(/^[\x20-\x7e]+$/)
      expect(keyA?.length).toBeLessThanOrEqual(MAX_KEY_BYTES)
      expect(keyA === keyB).toBe(a === b)
    }),
  )
})
