import { describe, expect, test } from 'vitest'
import { ask, toFault } from '../../../../shared/adapters/kms/faults.ts'
import { PermanentFault, TransientFault } from '../../../../shared/ports/faults.ts'

const sdkError = (name: string, more: object = {}): Error => Object.assign(new Error('said so'), { name, ...more })
const answered = (httpStatusCode: number): object => ({ $metadata: { httpStatusCode } })

describe('what goes wrong at the key service', () => {
  test.each([
    sdkError('ThrottlingException', answered(400)),
    sdkError('LimitExceededException', answered(400)),
    sdkError('RequestLimitExceeded', answered(400)),
    sdkError('TooManyRequestsException', answered(400)),
    sdkError('KeyUnavailableException', answered(500)),
    sdkError('DependencyTimeoutException', answered(503)),
    sdkError('KMSInternalException', answered(500)),
    sdkError('ExpiredTokenException', answered(400)),
    sdkError('CredentialsProviderError'),
    sdkError('SomethingNew', answered(503)),
    sdkError('SomethingNew', answered(429)),
    sdkError('TimeoutError'),
    sdkError('AbortError'),
    sdkError('Error', { code: 'EAI_AGAIN', errno: -3001 }),
    sdkError('Error', { code: 'ECONNRESET' }),
    sdkError('TypeError', answered(200)),
  ])('%s: come back', (error) => {
    const fault = toFault('sign', error)
    expect(fault).toBeInstanceOf(TransientFault)
    expect(fault.message).toBe(`sign: ${error.name}: said so`)
    expect(fault.cause).toBe(error)
  })

  test.each([
    sdkError('AccessDeniedException', answered(400)),
    sdkError('DisabledException', answered(400)),
    sdkError('InvalidCiphertextException', answered(400)),
    sdkError('IncorrectKeyException', answered(400)),
    sdkError('KMSInvalidStateException', answered(400)),
    sdkError('NotFoundException', answered(400)),
    sdkError('UnrecognizedClientException', answered(400)),
    sdkError('SomethingNew', answered(403)),
    sdkError('Error'),
    sdkError('TypeError', { code: 'ERR_INVALID_ARG_TYPE' }),
  ])('%s: it would fail again', (error) => {
    const fault = toFault('sign', error)
    expect(fault).toBeInstanceOf(PermanentFault)
    expect(fault.message).toBe(`sign: ${error.name}: said so`)
  })

  test('what could not be read is not quoted: it may be a key', () => {
    const error = Object.assign(new SyntaxError('Unexpected token in "secret"'), answered(200))
    const fault = toFault('seal', error)
    expect(fault).toBeInstanceOf(TransientFault)
    expect(fault.message).toBe('seal: an answer that cannot be read')
    expect(fault.cause).toBeUndefined()
  })

  test('what is no error is permanent, and a fault stays what it is', async () => {
    expect(toFault('sign', 'text')).toBeInstanceOf(PermanentFault)
    const known = new TransientFault('known')
    await expect(ask('sign', () => Promise.reject(known))).rejects.toBe(known)
  })
})
