import { beforeEach, describe, expect, it } from 'vitest'
import { declaredShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

const BODY = { title: 'Laptop stolen\n at the airport', severity: 'SEV3', accountId: null, responderId: 'dee' }
const declare = (change: object = {}, headers = {}) => api.post('/v1/incidents', { ...BODY, ...change }, headers)

describe('POST /v1/incidents', () => {
  it('opens an incident of its own and calls its seats', async () => {
    const { status, json, headers } = await declare()
    expect(status).toBe(201)
    expect(declaredShape.parse(json)).toMatchObject({
      title: 'Laptop stolen at the airport'.replace(' at', '  at'),
      severity: 'SEV3',
    })
    expect(headers.get('location')).toBe(`/v1/incidents/${json.id}`)
    expect((await api.get(`/v1/incidents/${json.id}`)).json).toMatchObject({ accounts: [], findings: { distinct: 0 } })
    expect(api.muster.pages('incident-commander')).toEqual(['ana'])
    expect((await declare()).json.id).not.toBe(json.id)
  })

  it('with a key finds the same one again', async () => {
    const key = { 'idempotency-key': 'declare-1' }
    const first = await declare({}, key)
    const before = await api.everything()
    expect((await declare({}, key)).json).toEqual(first.json)
    expect(await api.everything()).toBe(before)
    expect((await declare({ severity: 'SEV1' }, key)).status).toBe(422)
    const both = await Promise.all([
      declare({}, { 'idempotency-key': 'd-2' }),
      declare({}, { 'idempotency-key': 'd-2' }),
    ])
    expect(both[0].json.id).toBe(both[1].json.id)
  })

  it('refuses what is missing, who is unknown or gone, and a severity that would call nobody', async () => {
    const { status, json } = await declare({ title: ' ', severity: 'SEV9', accountId: '12' })
    expect([status, json.errors.map(({ path }: { path: string }) => path)]).toEqual([
      400,
      ['title', 'severity', 'accountId'],
    ])
    expect((await declare({ responderId: 'nobody' })).status).toBe(404)
    expect((await declare({ responderId: 'old' })).status).toBe(403)
    expect((await declare({ severity: 'SEV2' })).json.detail).toMatch(/a muster policy exists for: SEV1, SEV3/)
    expect(await api.incidentIds()).toEqual([])
  })
})
