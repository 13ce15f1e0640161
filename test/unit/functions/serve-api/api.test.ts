import * as fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { problemShape } from '../../../../functions/serve-api/answer-shapes.ts'
import { ConflictFault } from '../../../../shared/ports/faults.ts'
import { EU_ACCOUNT, InMemoryApi, sampleFinding } from './in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

const DESCRIBED = [
  'get /a/{token}',
  'get /healthz',
  'get /v1/directory',
  'get /v1/findings',
  'get /v1/incidents',
  'get /v1/incidents/{id}',
  'get /v1/incidents/{id}/next',
  'get /v1/incidents/{id}/notes/{noteId}',
  'get /v1/incidents/{id}/timeline',
  'get /v1/on-call',
  'get /v1/quarantine',
  'get /v1/quarantine/{id}',
  'get /v1/verify',
  'get /v1/who-would-be-called',
  'post /a/{token}',
  'post /v1/events',
  'post /v1/incidents',
  'post /v1/incidents/{id}/clocks/{clockId}/stages/{stageId}/{action}',
  'post /v1/incidents/{id}/clocks/{clockId}/{action}',
  'post /v1/incidents/{id}/close',
  'post /v1/incidents/{id}/facts',
  'post /v1/incidents/{id}/merge',
  'post /v1/incidents/{id}/seats/{role}/{action}',
  'post /v1/incidents/{id}/severity',
  'post /v1/incidents/{id}/split',
  'post /v1/quarantine/{id}/retry',
  'put /v1/directory',
]

describe('the API', () => {
  it('describes every way in', async () => {
    const { json } = await api.get('/openapi.json')
    const ways = Object.entries(json.paths).flatMap(([path, methods]) =>
      Object.keys(methods as object).map((method) => `${method} ${path}`),
    )
    expect(ways.sort()).toEqual(DESCRIBED)
    expect(json.openapi).toBe('3.1.0')
  })

  it('answers what it does not know with a problem and the same headers', async () => {
    const { status, json, headers } = await api.get('/v1/nothing')
    expect([status, problemShape.parse(json).title]).toEqual([404, 'Not found'])
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/)
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('asks to come back when it is too busy, and never shows how it works', async () => {
    const id = await api.open()
    const body = { responderId: 'ana' }
    api.muster.table.query = async () => {
      throw new ConflictFault('inc is too busy')
    }
    const busy = new Request(`https://muster.example.com/v1/incidents/${id}`)
    const { createApi } = await import('../../../../functions/serve-api/api.ts')
    const answer = await createApi(api.deps).fetch(busy)
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    const noted = vi.spyOn(console, 'error').mockImplementation(() => {})
    api.muster.table.query = async () => {
      throw new Error('secret place')
    }
    const fault = await createApi(api.deps).fetch(
      new Request(`https://muster.example.com/v1/incidents/${id}/close`, {
        method: 'POST',
        body: JSON.stringify({ ...body, reason: 'x' }),
      }),
    )
    expect(fault.status).toBe(500)
    expect(await fault.text()).not.toContain('secret place')
    expect(noted).toHaveBeenCalledOnce()
    noted.mockRestore()
  })
})

describe('whatever is sent', () => {
  const id = fc.oneof(
    fc.constantFrom('ana', 'lena', 'nobody', '__proto__', 'constructor'),
    fc.string({ maxLength: 200 }),
  )
  const anything = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string({ unit: 'binary' }))
  const fields = fc.record(
    {
      responderId: fc.oneof(id, anything),
      to: fc.oneof(id, anything),
      reason: anything,
      severity: fc.oneof(fc.constantFrom('SEV1', 'SEV4'), anything),
      title: anything,
      accountId: fc.oneof(fc.constant(EU_ACCOUNT), anything),
      facts: fc.oneof(fc.record({ dataCategories: anything, residents: fc.constant(['EU']) }), anything),
      anchor: fc.oneof(
        fc.record({ name: fc.constant('awareness'), at: fc.oneof(fc.constant('2027-03-10T09:00Z'), anything) }),
        anything,
      ),
      submittedAt: anything,
      phase: anything,
      receipt: anything,
      version: fc.constant(1),
      responders: anything,
      detail: anything,
      'detail-type': fc.constantFrom('GuardDuty Finding', 'Security Hub Findings - Imported'),
    },
    { requiredKeys: [] },
  )
  const body = fc.oneof(
    fields.map((value) => JSON.stringify(value)),
    anything.map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
  )

  it('is answered, and never with a fault of ours', async () => {
    const incidentId = await api.open({ account: EU_ACCOUNT })
    const [clock] = (await api.get(`/v1/incidents/${incidentId}`)).json.clocks
    const at = `/v1/incidents/${incidentId}`
    const ways = fc.constantFrom(
      ...['/v1/events', '/v1/incidents', `${at}/severity`, `${at}/close`, `${at}/facts`],
      ...['acknowledge', 'decline', 'hand-over', 'escalate'].map((verb) => `${at}/seats/legal-counsel/${verb}`),
      ...['confirm', 'not-notifiable', 're-anchor'].map((verb) => `${at}/clocks/${clock.id}/${verb}`),
      ...['submit', 'hold', 'waive'].map((verb) => `${at}/clocks/${clock.id}/stages/authority/${verb}`),
      api.linkTo('ana', 'incident-commander').path,
    )
    await fc.assert(
      fc.asyncProperty(ways, body, fc.constantFrom('POST', 'PUT'), async (path, sent, method) => {
        const { status } = await api.call(method, method === 'PUT' ? '/v1/directory' : path, sent)
        expect(status).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
    expect((await api.get('/v1/verify')).json.faults).toEqual([])
  })

  it('finds its way through odd addresses', async () => {
    await api.post('/v1/events', sampleFinding({}, api.muster.now))
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: 'binary', maxLength: 20 }), { maxLength: 4 }), async (parts) => {
        const path = `/v1/${parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')}`
        expect((await api.get(path)).status).toBeLessThan(500)
      }),
      { numRuns: 100 },
    )
  })
})
