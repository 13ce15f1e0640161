import * as fc from 'fast-check'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { garbage, hangUp, json, outgoing, type Recorded, silent, stalls } from '../recorded-requests.ts'
import { fails, over, ses, stopServices } from './recorded-ses.ts'

afterEach(async () => {
  vi.unstubAllEnvs()
  await stopServices()
})

interface Sent {
  readonly Content: {
    readonly Simple: {
      readonly Subject: { readonly Data: string }
      readonly Body: { readonly Text: { readonly Data: string }; readonly Html: { readonly Data: string } }
    }
  }
}
const simple = ({ body }: Recorded) => (body as Sent).Content.Simple

describe('a mail by SES', () => {
  test('asks for the address first, then sends both bodies, the thread and the effect', async () => {
    const { service, provider, unchecked } = await ses()
    expect(await provider.send(outgoing())).toEqual({ status: 'accepted', providerId: '0100018-accepted' })
    expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /v2/email/suppression/addresses/ana%40example.com',
      'POST /v2/email/outbound-emails',
    ])
    const thread = '<inc-0123456789abcdef@alerts.example.com>'
    expect(service.asked(1).body).toEqual({
      FromEmailAddress: 'Muster <muster@alerts.example.com>',
      Destination: { ToAddresses: ['ana@example.com'] },
      Content: {
        Simple: {
          Subject: {
            Data: '[SEV1] Incident Commander needed: Credentials were used elsewhere',
            Charset: 'UTF-8',
          },
          Body: {
            Text: { Data: 'Sample Ana, you are called as Incident Commander.', Charset: 'UTF-8' },
            Html: {
              Data: '<!doctype html><p>Sample Ana, you are called as Incident Commander.</p>',
              Charset: 'UTF-8',
            },
          },
          Headers: [
            { Name: 'References', Value: thread },
            { Name: 'In-Reply-To', Value: thread },
            { Name: 'Auto-Submitted', Value: 'auto-generated' },
            { Name: 'X-Muster-Kind', Value: 'page' },
            { Name: 'X-Muster-Incident', Value: 'inc-0123456789abcdef' },
          ],
        },
      },
      EmailTags: [{ Name: 'effect', Value: 'inc-0123456789abcdef_12_3' }],
      ConfigurationSetName: 'muster-mail',
      ConfigurationOverrides: { Tracking: { OpenTrackingEnabled: 'DISABLED', ClickTrackingEnabled: 'DISABLED' } },
    })
    expect(unchecked).toEqual([])
  })

  test('goes where the environment says, as every adapter does', async () => {
    const { service } = await ses()
    vi.stubEnv('AWS_ENDPOINT_URL_SESV2', service.url)
    expect(await over(null).send(outgoing())).toMatchObject({ status: 'accepted' })
    expect(service.requests).toHaveLength(2)
  })

  test('an odd address is one part of the path', async () => {
    const { service, provider } = await ses()
    await provider.send(outgoing({ to: "o'neil+page/1@example.com" }))
    const { path } = service.asked(0)
    expect(path.split('/')).toHaveLength(6)
    expect(decodeURIComponent(path)).toMatch(/\/addresses\/o'neil\+page\/1@example\.com$/)
  })

  test('carries any text whole; only the subject is one line, and not endless', async () => {
    const { service, provider } = await ses()
    const text = 'Zoë – 侵害 🚨 "quoted" \\ \u0000 <b>\n\n.\n'
    await provider.send(
      outgoing({ text, html: `<p>${text}</p>`, subject: `[SEV1] Zoë\r\nBcc: x@example.com ${'🚨'.repeat(300)}` }),
    )
    const { Subject, Body } = simple(service.asked(1))
    expect([Body.Text.Data, Body.Html.Data]).toEqual([text, `<p>${text}</p>`])
    expect(Subject.Data).toMatch(/^\[SEV1\] Zoë Bcc: x@example\.com (🚨)+$/u)
    expect(Subject.Data.length).toBeLessThanOrEqual(255)
  })

  test('whatever the texts hold, what arrives is well-formed and the subject has no line of its own', async () => {
    const { service, provider } = await ses()
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 400 }),
        async (text, subject) => {
          await provider.send(outgoing({ text: `${text}\ud800`, html: text, subject: `${subject}\udc00` }))
          const { Subject, Body } = simple(service.asked(-1))
          expect(Body.Text.Data).toBe(`${text}\ud800`.toWellFormed())
          expect(Subject.Data).not.toMatch(/[\r\n\0]/)
          expect(Subject.Data.isWellFormed()).toBe(true)
        },
      ),
      { numRuns: 50 },
    )
  })

  test.each([
    'muster',
    'a@b',
    'Muster, Inc <muster@example.com>',
    'muster@example.com\nBcc: x@example.com',
    'a@x.com,b@x.com',
    '',
  ])('a sender that is none is refused at start: %j', (from) => {
    expect(() => over(null, { from })).toThrow(RangeError)
  })

  test.each([
    'muster@example.com',
    '"Muster, Inc." <muster@eu.example.com>',
    'Muster at night <mus.ter+1@example.com>',
  ])('a sender may be %s', (from) => {
    expect(over(null, { from })).toHaveProperty('send')
  })
})

describe('an address that SES would drop silently', () => {
  test.each(['BOUNCE', 'COMPLAINT'])('is refused, and nothing is sent: %s', async (Reason) => {
    const found = { EmailAddress: 'ana@example.com', Reason, LastUpdateTime: 1_700_000_000 }
    const { service, provider } = await ses({ check: json(200, { SuppressedDestination: found }) })
    expect(await provider.send(outgoing())).toEqual({
      status: 'refused',
      detail: `on the suppression list (${Reason})`,
    })
    expect(service.requests).toHaveLength(1)
  })

  test.each([
    ['throttled', fails(429, 'TooManyRequestsException'), /come back: TooManyRequestsException, 429/],
    ['forbidden', fails(403, 'AccessDeniedException'), /set-up: AccessDeniedException, 403/],
    ['down', fails(500, 'InternalServerError'), /come back: InternalServerError, 500/],
    ['silent', silent, /come back: AbortError/],
    ['answering half', stalls, /come back: \w+/],
    ['hanging up', hangUp, /come back: \w+, ECONNRESET/],
    ['unreadable', garbage, /come back: /],
    ['empty', json(200, {}), /come back: TransientFault/],
  ] as const)('a list that is %s holds no page back, and that is said', async (_, check, why) => {
    const { service, provider, unchecked } = await ses({ check })
    const startedAt = performance.now()
    expect(await provider.send(outgoing())).toMatchObject({ status: 'accepted' })
    expect(performance.now() - startedAt).toBeLessThan(2000)
    expect(service.requests).toHaveLength(2)
    expect(unchecked).toEqual([expect.stringMatching(why)])
    expect(unchecked.join()).not.toContain('ana')
  })
})
