import { beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod'
import { quarantinedShape, retriedShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { quarantine } from '../../../../../shared/app/quarantine.ts'
import { InMemoryApi, sampleFinding } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

/** A finding that an older version could not read. */
const putAside = (id: string) => {
  const error = { findingId: null, path: 'detail', expected: 'what an older version knew' }
  return quarantine(api.muster.deps, sampleFinding({ id }, api.muster.now), [error], api.muster.now)
}

describe('POST /v1/quarantine/{id}/retry', () => {
  it('takes in what fits now; the list says so', async () => {
    const id = await putAside('one')
    expect(z.array(quarantinedShape).parse((await api.get('/v1/quarantine?status=open')).json)).toHaveLength(1)
    const { status, json } = await api.post(`/v1/quarantine/${id}/retry`)
    expect(status).toBe(200)
    expect(retriedShape.parse(json)).toMatchObject({ id, settledAt: api.muster.now, results: [{ outcome: 'opened' }] })
    expect((await api.get('/v1/quarantine?status=open')).json).toEqual([])
    expect(quarantinedShape.parse((await api.get(`/v1/quarantine/${id}`)).json)).toMatchObject({
      ...{ settledAt: api.muster.now, results: [{ outcome: 'opened' }] },
    })
    expect((await api.post(`/v1/quarantine/${id}/retry`)).json.results).toMatchObject([{ outcome: 'duplicate' }])
  })

  it('leaves what still does not fit, once', async () => {
    await api.post('/v1/events', { n: 1 })
    const [{ id }] = (await api.get('/v1/quarantine')).json
    const { status, json } = await api.post(`/v1/quarantine/${id}/retry`)
    expect([status, json.settledAt, json.results[0].outcome]).toEqual([200, null, 'rejected'])
    expect((await api.get('/v1/quarantine')).json).toMatchObject([{ id, settledAt: null, triedAt: api.muster.now }])
  })

  it('gives the first answer again for the same key, and refuses the key for another event', async () => {
    const [one, two] = [await putAside('one'), await putAside('two')]
    const retry = (id: string) => api.post(`/v1/quarantine/${id}/retry`, {}, { 'idempotency-key': 'k' })
    const first = await retry(one)
    expect((await retry(one)).json).toEqual(first.json)
    expect((await retry(two)).status).toBe(422)
  })

  it('knows no other ids and no other status', async () => {
    expect((await api.post('/v1/quarantine/q-mmmmmmmm-000000000000/retry')).status).toBe(404)
    expect((await api.get('/v1/quarantine?status=lost')).status).toBe(400)
  })
})
