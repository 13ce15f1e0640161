import { inspect } from 'node:util'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { createSmsClient } from '../../../../shared/adapters/sms/client.ts'
import { type SmsOptions, smsProvider } from '../../../../shared/adapters/sms/provider.ts'
import type { MessageKind } from '../../../../shared/core/incident/event-parts.ts'
import { TransientFault } from '../../../../shared/ports/faults.ts'
import type { OutgoingMessage } from '../../../../shared/ports/message-provider.ts'
import {
  type Answer,
  garbage,
  hangUp,
  json,
  outgoing,
  REQUEST_ID,
  RecordingServer,
  silent,
  stalls,
  thrownBy,
} from '../recorded-requests.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }
const NUMBER = '+12025550101'
const accepted = json(200, { MessageId: 'sms-accepted' })
const fails = (name: string, more: object = {}, status = 400) =>
  json(status, { __type: `com.amazonaws.pinpointsmsvoicev2#${name}`, Message: `no, ${NUMBER}`, ...more })
const invalid = (Reason: string, ...fields: string[]) =>
  fails('ValidationException', { Reason, Fields: fields.map((Name) => ({ Name, Message: `no, ${NUMBER}` })) })

const services: RecordingServer[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  for (const service of services.splice(0)) await service.stop()
})

async function sms(answer: Answer = accepted, change: Partial<SmsOptions> = {}) {
  const service = await RecordingServer.start(() => answer)
  services.push(service)
  return { service, provider: over(service, change) }
}

function over(service: RecordingServer | null, change: Partial<SmsOptions> = {}) {
  const client = createSmsClient({
    region: 'eu-central-1',
    credentials,
    requestMilliseconds: 300,
    ...(service === null ? {} : { endpoint: service.url }),
  })
  return smsProvider({ client, originationIdentity: 'pool-example', configurationSet: 'muster-sms', ...change })
}

function text(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return outgoing({
    channel: 'sms',
    to: NUMBER,
    text: 'SEV1 03:12 sample-eu: Incident Commander? https://muster.example.com/a/t',
    ...change,
  })
}

describe('a text message', () => {
  test('is sent as what cannot wait, with the effect in its context', async () => {
    const { service, provider } = await sms()
    expect(await provider.send(text())).toEqual({ status: 'accepted', providerId: 'sms-accepted' })
    expect(service.requests).toHaveLength(1)
    const { method, path, headers, body } = service.asked(0)
    expect(`${method} ${path}`).toBe('POST /')
    expect(headers['content-type']).toBe('application/x-amz-json-1.0')
    expect(headers['x-amz-target']).toBe('PinpointSMSVoiceV2.SendTextMessage')
    expect(body).toEqual({
      DestinationPhoneNumber: NUMBER,
      OriginationIdentity: 'pool-example',
      MessageBody: 'SEV1 03:12 sample-eu: Incident Commander? https://muster.example.com/a/t',
      MessageType: 'TRANSACTIONAL',
      ConfigurationSetName: 'muster-sms',
      TimeToLive: 600,
      Context: { effectId: 'inc-0123456789abcdef.12.3', incidentId: 'inc-0123456789abcdef' },
    })
  })

  test.each<[MessageKind, number]>([
    ['page', 600],
    ['check-in', 600],
    ['clock', 3600],
    ['notice', 3600],
  ])('a %s waits %d s at most', async (kind, TimeToLive) => {
    const { service, provider } = await sms()
    await provider.send(text({ kind }))
    expect(service.asked(0).body).toMatchObject({ TimeToLive })
  })

  test('may have a price that it must not pass', async () => {
    const { service, provider } = await sms(accepted, { maxPrice: '0.50' })
    await provider.send(text())
    expect(service.asked(0).body).toMatchObject({ MaxPrice: '0.50' })
    for (const maxPrice of ['1', '0,50', '100.00', '-0.5', ''])
      expect(() => over(null, { maxPrice })).toThrow(RangeError)
  })

  test('goes where the environment says, as every adapter does', async () => {
    const { service } = await sms()
    vi.stubEnv('AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2', service.url)
    expect(await over(null).send(text())).toMatchObject({ status: 'accepted' })
  })

  test('carries odd characters as they are, and none that is half', async () => {
    const { service, provider } = await sms()
    await provider.send(text({ text: 'Zoë 侵害 🚨 "x" \\ \ud83d' }))
    expect(service.asked(0).body).toMatchObject({ MessageBody: 'Zoë 侵害 🚨 "x" \\ \ufffd' })
  })

  test('one that is too long loses whole lines, never half a link, and keeps the incident', async () => {
    const { service, provider } = await sms()
    const lines = Array.from({ length: 20 }, (_, index) => `https://muster.example.com/a/${index}~${'t'.repeat(120)}`)
    await provider.send(text({ text: lines.join('\n') }))
    const { MessageBody } = service.asked(0).body as { MessageBody: string }
    expect(MessageBody.length).toBeLessThanOrEqual(1600)
    const arrived = MessageBody.split('\n')
    expect(arrived.slice(-2)).toEqual(['...', 'https://muster.example.com/#inc-0123456789abcdef'])
    expect(arrived.length).toBeGreaterThan(9)
    expect(lines).toEqual(expect.arrayContaining(arrived.slice(0, -2)))
  })

  test('the longest that fits arrives whole', async () => {
    const { service, provider } = await sms()
    await provider.send(text({ text: 'x'.repeat(1600) }))
    await provider.send(text({ text: 'x'.repeat(1601) }))
    expect(service.requests.map(({ body }) => (body as { MessageBody: string }).MessageBody)).toEqual([
      'x'.repeat(1600),
      '...\nhttps://muster.example.com/#inc-0123456789abcdef',
    ])
  })
})

describe('a number that cannot be sent to', () => {
  test.each([
    ['opted out', fails('ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT' }), /opted out/],
    [
      'blocked',
      fails('ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE' }),
      /blocks this number/,
    ],
    ['malformed', invalid('FIELD_VALIDATION_FAILED', 'destinationPhoneNumber'), /not a number/],
    ['a landline', invalid('INVALID_PARAMETER', 'MessageBody', 'DestinationPhoneNumber'), /not a number/],
  ] as const)('%s: refused', async (_, answer, detail) => {
    const { service, provider } = await sms(answer)
    expect(await provider.send(text())).toEqual({ status: 'refused', detail: expect.stringMatching(detail) })
    expect(service.requests).toHaveLength(1)
  })
})

describe('what goes wrong with a text message', () => {
  test.each([
    ['throttled', fails('ThrottlingException'), 'come back: ThrottlingException, 400'],
    ['throttled', fails('TooManyRequestsException', {}, 429), 'come back: TooManyRequestsException, 429'],
    ['throttled', fails('SomethingNew', {}, 429), 'come back: SomethingNew, 429'],
    ['down', fails('InternalServerException', {}, 500), 'come back: InternalServerException, 500'],
    ['down', fails('ServiceUnavailable', {}, 503), 'come back: ServiceUnavailable, 503'],
    [
      'spent',
      fails('ServiceQuotaExceededException', { Reason: 'MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT' }),
      'set-up: ServiceQuotaExceededException, MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT, 400',
    ],
    ['too dear', invalid('PRICE_OVER_THRESHOLD'), 'set-up: ValidationException, PRICE_OVER_THRESHOLD, 400'],
    [
      'sandbox',
      fails('ConflictException', { Reason: 'DESTINATION_PHONE_NUMBER_NOT_VERIFIED' }),
      'set-up: ConflictException, DESTINATION_PHONE_NUMBER_NOT_VERIFIED, 400',
    ],
    [
      'country',
      invalid('DESTINATION_COUNTRY_BLOCKED', 'DestinationPhoneNumber'),
      'set-up: ValidationException, DESTINATION_COUNTRY_BLOCKED, 400',
    ],
    [
      'another field',
      invalid('FIELD_VALIDATION_FAILED', 'MessageBody'),
      'set-up: ValidationException, FIELD_VALIDATION_FAILED, 400',
    ],
    [
      'disabled',
      fails('AccessDeniedException', { Reason: 'ACCOUNT_DISABLED' }),
      'set-up: AccessDeniedException, ACCOUNT_DISABLED, 400',
    ],
    [
      'no such pool',
      fails('ResourceNotFoundException', { ResourceType: 'pool', ResourceId: 'pool-example' }),
      'set-up: ResourceNotFoundException, 400',
    ],
    ['an odd reason', fails('ConflictException', { Reason: `about ${NUMBER}` }), 'set-up: ConflictException, 400'],
  ] as const)('%s: tried again, and never held against the number', async (_, answer, words) => {
    const { service, provider } = await sms(answer)
    const fault = await thrownBy(provider.send(text()))
    expect(fault).toBeInstanceOf(TransientFault)
    expect(fault.message).toBe(`SMS SendTextMessage: ${words}, ${REQUEST_ID}`)
    expect(inspect(fault, { depth: 9 })).not.toContain('2025550101')
    expect(service.requests).toHaveLength(1)
  })

  test.each([
    ['never answers', silent],
    ['answers half', stalls],
    ['hangs up', hangUp],
    ['answers what cannot be read', garbage],
    ['answers nothing', json(200, {})],
  ] as const)('a service that %s: nobody knows, so it is tried again, soon', async (_, answer) => {
    const { provider } = await sms(answer)
    const startedAt = performance.now()
    const fault = await thrownBy(provider.send(text()))
    expect(fault).toBeInstanceOf(TransientFault)
    expect(inspect(fault, { depth: 9 })).not.toContain('2025550101')
    expect(performance.now() - startedAt).toBeLessThan(3000)
  })
})
