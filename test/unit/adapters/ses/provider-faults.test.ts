import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { TransientFault } from '../../../../shared/ports/faults.ts'
import { garbage, hangUp, json, outgoing, REQUEST_ID, silent, stalls, thrownBy } from '../recorded-requests.ts'
import { fails, ses, stopServices } from './recorded-ses.ts'

afterEach(stopServices)

describe('what goes wrong with a mail', () => {
  const notVerified =
    'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: ana@example.com'

  test.each([
    ['throttled', fails(429, 'TooManyRequestsException'), 'come back: TooManyRequestsException, 429'],
    ['throttled', fails(400, 'ThrottlingException'), 'come back: ThrottlingException, 400'],
    ['down', fails(500, 'InternalFailure'), 'come back: InternalFailure, 500'],
    ['down', fails(503, 'ServiceUnavailable'), 'come back: ServiceUnavailable, 503'],
    ['sandbox', fails(400, 'MessageRejected', notVerified), 'set-up: MessageRejected, 400'],
    ['content', fails(400, 'MessageRejected'), 'set-up: MessageRejected, 400'],
    ['content', fails(400, 'MessageRejected', 'Illegal address in it'), 'set-up: MessageRejected, 400'],
    ['domain', fails(400, 'MailFromDomainNotVerifiedException'), 'set-up: MailFromDomainNotVerifiedException, 400'],
    ['paused', fails(400, 'SendingPausedException'), 'set-up: SendingPausedException, 400'],
    ['suspended', fails(400, 'AccountSuspendedException'), 'set-up: AccountSuspendedException, 400'],
    ['quota', fails(400, 'LimitExceededException'), 'set-up: LimitExceededException, 400'],
    ['no such set', fails(404, 'NotFoundException'), 'set-up: NotFoundException, 404'],
    ['bad request', fails(400, 'BadRequestException', 'Invalid tag'), 'set-up: BadRequestException, 400'],
    ['forbidden', fails(403, 'AccessDeniedException', 'on ana@example.com'), 'set-up: AccessDeniedException, 403'],
    ['bad key', fails(403, 'UnrecognizedClientException'), 'set-up: UnrecognizedClientException, 403'],
    ['new key', fails(403, 'ExpiredTokenException'), 'come back: ExpiredTokenException, 403'],
  ] as const)('%s: tried again, and never held against the address', async (_, send, words) => {
    const { service, provider } = await ses({ send })
    const fault = await thrownBy(provider.send(outgoing()))
    expect(fault).toBeInstanceOf(TransientFault)
    expect(fault.message.startsWith(`SES SendEmail: ${words}, ${REQUEST_ID}`)).toBe(true)
    expect(inspect(fault, { depth: 9 })).not.toMatch(/ana@|example\.com/)
    expect(service.requests).toHaveLength(2)
  })

  test('a sandbox is told from other rejections', async () => {
    const { provider } = await ses({ send: fails(400, 'MessageRejected', notVerified) })
    const { message } = await thrownBy(provider.send(outgoing()))
    expect(message).toMatch(/not verified: the sender or, in the sandbox, the receiver$/)
  })

  test.each([
    "Missing final '@domain'",
    'Local address contains control or whitespace',
    'Domain contains illegal character',
    'Domain starts with dot',
    'Illegal address',
  ])('an address that is none is refused: %s', async (said) => {
    const { provider } = await ses({ send: fails(400, 'BadRequestException', said) })
    expect(await provider.send(outgoing())).toEqual({
      status: 'refused',
      detail: 'not an address that SES can send to',
    })
  })

  test.each([
    ['never answers', silent],
    ['answers half', stalls],
    ['hangs up', hangUp],
    ['answers what cannot be read', garbage],
    ['answers nothing', json(200, {})],
  ] as const)('a service that %s: nobody knows, so it is tried again, soon', async (_, send) => {
    const { provider } = await ses({ send })
    const startedAt = performance.now()
    const fault = await thrownBy(provider.send(outgoing()))
    expect(fault).toBeInstanceOf(TransientFault)
    expect(inspect(fault, { depth: 9 })).not.toMatch(/ana@|example\.com/)
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })

  test('nobody listens: tried again', async () => {
    const { provider, unchecked } = await ses()
    await stopServices()
    expect((await thrownBy(provider.send(outgoing()))).message).toMatch(/come back: \w+, ECONNREFUSED$/)
    expect(unchecked).toHaveLength(1)
  })
})
