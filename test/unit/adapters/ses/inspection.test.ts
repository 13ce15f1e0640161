import { afterEach, expect, test } from 'vitest'
import { createSesClient } from '../../../../shared/adapters/ses/client.ts'
import { mailInspection } from '../../../../shared/adapters/ses/inspection.ts'
import { type Answer, json, RecordingServer } from '../recorded-requests.ts'
import { fails } from './recorded-ses.ts'

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' }
const services: RecordingServer[] = []

afterEach(async () => {
  for (const service of services.splice(0)) await service.stop()
})

/** Over a service that gives these answers, one after the other; the last one again and again. */
async function over(...answers: [Answer, ...Answer[]]) {
  const left = [...answers]
  const service = await RecordingServer.start(() => (left.length > 1 ? left.shift() : left[0]) ?? answers[0])
  services.push(service)
  const client = createSesClient({ region: 'eu-central-1', credentials, endpoint: service.url, attempts: 3 })
  return { service, mail: mailInspection(client) }
}

const asked = ({ requests }: RecordingServer) => requests.map(({ method, path }) => `${method} ${path}`)

test.each([
  [
    { ProductionAccessEnabled: true, SendingEnabled: true, EnforcementStatus: 'HEALTHY' },
    { isOutOfSandbox: true, isSending: true, enforcement: 'HEALTHY' },
  ],
  [
    { ProductionAccessEnabled: false, SendingEnabled: false, EnforcementStatus: 'SHUTDOWN' },
    { isOutOfSandbox: false, isSending: false, enforcement: 'SHUTDOWN' },
  ],
  [{}, { isOutOfSandbox: false, isSending: false, enforcement: 'unknown' }],
])('the account %j', async (body, fact) => {
  const { service, mail } = await over(json(200, body))
  expect(await mail.account()).toEqual({ status: 'seen', fact })
  expect(asked(service)).toEqual(['GET /v2/email/account'])
})

test.each([
  [{ VerifiedForSendingStatus: true, DkimAttributes: { SigningEnabled: true, Status: 'SUCCESS' } }, true, true],
  [{ VerifiedForSendingStatus: true, DkimAttributes: { SigningEnabled: true, Status: 'PENDING' } }, true, false],
  [{ VerifiedForSendingStatus: true, DkimAttributes: { SigningEnabled: false, Status: 'SUCCESS' } }, true, false],
  [{ VerifiedForSendingStatus: false }, false, false],
])('an identity %j', async (body, isVerified, isSigned) => {
  const { service, mail } = await over(json(200, body))
  expect(await mail.identity('a@example.com')).toEqual({ status: 'seen', fact: { isVerified, isSigned } })
  expect(asked(service)).toEqual(['GET /v2/email/identities/a%40example.com'])
})

test.each([
  [{ SendingOptions: { SendingEnabled: true } }, true],
  [{ SendingOptions: { SendingEnabled: false } }, false],
  [{}, true],
])('a configuration set %j', async (body, fact) => {
  const { service, mail } = await over(json(200, body))
  expect(await mail.configurationSet('muster-prod')).toEqual({ status: 'seen', fact })
  expect(asked(service)).toEqual(['GET /v2/email/configuration-sets/muster-prod'])
})

test('event destinations', async () => {
  const EventDestinations = [
    { Name: 'a', Enabled: true, MatchingEventTypes: ['BOUNCE'], EventBridgeDestination: { EventBusArn: 'arn:aws:x' } },
    { Name: 'b', Enabled: false, MatchingEventTypes: ['BOUNCE'], SnsDestination: { TopicArn: 'arn:aws:y' } },
  ]
  const { service, mail } = await over(json(200, { EventDestinations }))
  const fact = [
    { isEnabled: true, isEventBridge: true },
    { isEnabled: false, isEventBridge: false },
  ]
  expect(await mail.eventDestinations('muster-prod')).toEqual({ status: 'seen', fact })
  expect(asked(service)).toEqual(['GET /v2/email/configuration-sets/muster-prod/event-destinations'])
})

test('what does not exist', async () => {
  const { mail } = await over(fails(404, 'NotFoundException', 'a@example.com does not exist'))
  const nothing = { status: 'seen', fact: null }
  expect(await mail.identity('a@example.com')).toEqual(nothing)
  expect(await mail.configurationSet('x')).toEqual(nothing)
  expect(await mail.eventDestinations('x')).toEqual(nothing)
})

test('what may not be looked at', async () => {
  const { mail } = await over(fails(403, 'AccessDeniedException'))
  const looks = [mail.account(), mail.identity('x'), mail.configurationSet('x'), mail.eventDestinations('x')]
  expect(await Promise.all(looks)).toEqual(
    ['GetAccount', 'GetEmailIdentity', 'GetConfigurationSet', 'GetConfigurationSetEventDestinations'].map((name) => ({
      ...{ status: 'not-allowed', action: `ses:${name}` },
    })),
  )
})

test('when it asks to come back, the client does', async () => {
  const { service, mail } = await over(fails(429, 'TooManyRequestsException'), json(200, {}))
  expect(await mail.account()).toMatchObject({ status: 'seen' })
  expect(service.requests).toHaveLength(2)
})
