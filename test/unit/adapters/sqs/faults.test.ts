import { describe, expect, test } from 'vitest'
import { toFault } from '../../../../shared/adapters/sqs/faults.ts'
import { PermanentFault, TransientFault } from '../../../../shared/ports/faults.ts'

const sdkError = (name: string, more: object = {}): Error => Object.assign(new Error('said so'), { name, ...more })
const answered = (httpStatusCode: number): object => ({ $metadata: { httpStatusCode } })

describe('what goes wrong at the queue service', () => {
  test.each([
    sdkError('RequestThrottled', answered(403)),
    sdkError('ThrottlingException', answered(400)),
    sdkError('KmsThrottled', answered(400)),
    sdkError('OverLimit', answered(403)),
    sdkError('InternalFailure', answered(500)),
    sdkError('ServiceUnavailable', answered(503)),
    sdkError('ExpiredTokenException', answered(400)),
    sdkError('CredentialsProviderError'),
    sdkError('SomethingNew', answered(502)),
    sdkError('SomethingNew', answered(429)),
    sdkError('TimeoutError'),
    sdkError('AbortError'),
    sdkError('Error', { code: 'ECONNREFUSED', errno: -111 }),
    sdkError('Error', { code: 'ECONNRESET' }),
    sdkError('SyntaxError', answered(200)),
    new Error('Invalid MD5 checksum on messages: 0'),
  ])('%s: come back', (error) => {
    const fault = toFault('send', error)
    expect(fault).toBeInstanceOf(TransientFault)
    expect(fault.cause).toBe(error)
  })

  test.each([
    sdkError('QueueDoesNotExist', answered(400)),
    sdkError('AccessDeniedException', answered(400)),
    sdkError('BatchRequestTooLong', answered(400)),
    sdkError('InvalidMessageContents', answered(400)),
    sdkError('KmsAccessDenied', answered(400)),
    sdkError('SomethingNew', answered(403)),
    sdkError('Error'),
    sdkError('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),
  ])('%s: it would fail again', (error) => {
    const fault = toFault('send', error)
    expect(fault).toBeInstanceOf(PermanentFault)
    expect(fault.message).toBe(`send: ${error.name}: said so`)
  })

  test('what is no error is permanent', () => {
    expect(toFault('send', 'text')).toBeInstanceOf(PermanentFault)
  })
})
