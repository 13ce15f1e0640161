import { beforeEach, describe, expect, it } from 'vitest'
import { verifyShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { TransientFault } from '../../../../../shared/ports/faults.ts'
import { InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

describe('checks', () => {
  it('says that it is alive, and that it is not when the store does not answer', async () => {
    expect((await api.get('/healthz')).json).toEqual({ status: 'ok' })
    api.muster.table.get = async () => {
      throw new TransientFault('no answer')
    }
    const { status, headers, json } = await api.get('/healthz')
    expect([status, headers.get('retry-after'), json.detail.includes('no answer')]).toEqual([503, '1', false])
  })

  it('verifies every record', async () => {
    await api.open()
    await api.open({ id: 'two', user: 'two' })
    const report = verifyShape.parse((await api.get('/v1/verify')).json)
    expect(report).toMatchObject({ incidents: 2, faults: [] })
    expect(report.commits).toBeGreaterThan(3)
  })

  it('lists what is in quarantine, bounded, and knows no other ids', async () => {
    for (let n = 0; n < 5; n += 1) await api.post('/v1/events', { n })
    expect((await api.get('/v1/quarantine?limit=3')).json).toHaveLength(3)
    expect((await api.get('/v1/quarantine')).json[0]).toMatchObject({ event: { n: expect.any(Number) }, errors: [{}] })
    expect((await api.get('/v1/quarantine?limit=201')).status).toBe(400)
    for (const id of ['q-0', 'q-mmmmmmmm-000000000000', 'x']) {
      expect((await api.get(`/v1/quarantine/${id}`)).status).toBe(404)
    }
  })
})
