import { expect, test } from 'vitest'
import { PermanentFault, TransientFault } from '../../../shared/ports/faults.ts'
import { look, lookFor } from '../../../shared/ports/look.ts'

function named(name: string, message = 'said so', more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...more })
}
const failing = (fault: unknown) => () => Promise.reject(fault)
const DENIED = { status: 'not-allowed', action: 'a:Look' }
const whole = (fault: Error) => new PermanentFault(`get: ${fault.name}`, { cause: fault })

test('what is seen', async () => {
  expect(await look('a:Look', async () => 7)).toEqual({ status: 'seen', fact: 7 })
  expect(await lookFor('a:Look', async () => 7)).toEqual({ status: 'seen', fact: 7 })
})

test.each([
  ['AccessDenied'],
  ['AccessDeniedException'],
  ['AuthorizationErrorException'],
  ['KmsAccessDenied'],
  ['KMSAccessDeniedException'],
])('%s is a missing permission', async (name) => {
  expect(await look('a:Look', failing(named(name)))).toEqual(DENIED)
  expect(await lookFor('a:Look', failing(whole(named(name))))).toEqual(DENIED)
})

test('the service knows better which one', async () => {
  const message = 'User: arn:aws:iam::1:user/x is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:…'
  const looked = await look('dynamodb:GetItem', failing(whole(named('AccessDeniedException', message))))
  expect(looked).toEqual({ status: 'not-allowed', action: 'kms:Decrypt' })
})

test.each(['ResourceNotFoundException', 'NotFoundException', 'QueueDoesNotExist', 'TableNotFoundException'])(
  '%s is nothing, where that may be',
  async (name) => {
    expect(await lookFor('a:Look', failing(named(name)))).toEqual({ status: 'seen', fact: null })
    expect(await look('a:Look', failing(named(name)))).toEqual({ status: 'unseen', why: name })
  },
)

test.each([
  [named('TimeoutError', 'x@example.com'), 'TimeoutError'],
  [named('Error', 'connect ECONNREFUSED', { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
  [new TransientFault('get: x@example.com', { cause: named('TimeoutError') }), 'TimeoutError'],
  [new PermanentFault('no directory version 1'), 'no directory version 1'],
  [named('KmsNotFound'), 'KmsNotFound'],
  ['thrown', 'no error'],
])('%s is said by name, or in words of our own', async (fault, why) => {
  expect(await lookFor('a:Look', failing(fault))).toEqual({ status: 'unseen', why })
})
