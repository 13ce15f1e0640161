import { describe, expect, test } from 'vitest'
import { isConditionFailure, toFault } from '../../../../shared/adapters/dynamodb/faults.ts'
import { PermanentFault, TransientFault } from '../../../../shared/ports/faults.ts'

const sdkError = (name: string, more: object = {}): Error => Object.assign(new Error('said so'), { name, ...more })
const answered = (httpStatusCode: number): object => ({ $metadata: { httpStatusCode } })

describe('what goes wrong at the database', () => {
  test.each([
    sdkError('ProvisionedThroughputExceededException', answered(400)),
    sdkError('ThrottlingException', answered(400)),
    sdkError('RequestLimitExceeded', answered(400)),
    sdkError('ReplicatedWriteConflictException', answered(400)),
    sdkError('ExpiredTokenException', answered(400)),
    sdkError('CredentialsProviderError'),
    sdkError('InternalServerError', answered(500)),
    sdkError('SomethingNew', answered(503)),
    sdkError('SomethingNew', answered(429)),
    sdkError('TimeoutError'),
    sdkError('Error', { code: 'ECONNREFUSED', errno: -111 }),
    sdkError('Error', { code: 'ECONNRESET' }),
    sdkError('SyntaxError', answered(200)),
  ])('%s: come back', (error) => {
    const fault = toFault('put', error)
    expect(fault).toBeInstanceOf(TransientFault)
    expect(fault.cause).toBe(error)
  })

  test.each([
    sdkError('ValidationException', answered(400)),
    sdkError('AccessDeniedException', answered(400)),
    sdkError('ResourceNotFoundException', answered(400)),
    sdkError('ItemCollectionSizeLimitExceededException', answered(400)),
    sdkError('UnrecognizedClientException', answered(400)),
    sdkError('SomethingNew', answered(403)),
    sdkError('Error'),
    sdkError('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),
  ])('%s: it would fail again', (error) => {
    const fault = toFault('put', error)
    expect(fault).toBeInstanceOf(PermanentFault)
    expect(fault.message).toBe(`put: ${error.name}: said so`)
  })

  test('what is no error is permanent, and a fault stays what it is', () => {
    expect(toFault('put', 'text')).toBeInstanceOf(PermanentFault)
    const known = new TransientFault('known')
    expect(toFault('put', known)).toBe(known)
  })

  test('a condition that does not hold is told apart', () => {
    expect(isConditionFailure(sdkError('ConditionalCheckFailedException', answered(400)))).toBe(true)
    expect(isConditionFailure(sdkError('ValidationException', answered(400)))).toBe(false)
    expect(isConditionFailure('text')).toBe(false)
  })
})
