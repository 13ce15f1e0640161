import { beforeEach, describe, expect, it } from 'vitest'
import { nextCallsShape, onCallShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

describe('GET /v1/on-call', () => {
  it('answers for a rotation across its hand-over, to the second', async () => {
    const at = async (instant: string) =>
      onCallShape.parse((await api.get(`/v1/on-call?rotation=commanders&at=${encodeURIComponent(instant)}`)).json)
    expect(await at('2027-03-08T08:59:59+01:00')).toEqual({
      at: '2027-03-08T07:59:59.000Z',
      responderId: 'ana',
      reason: 'OnCall',
      until: '2027-03-08T08:00:00.000Z',
    })
    expect(await at('2027-03-08T09:00:00+01:00')).toMatchObject({ responderId: 'ben' })
  })

  it('answers for a role, now by default', async () => {
    const { json } = await api.get('/v1/on-call?role=legal-counsel&rotation=&at=')
    expect(onCallShape.parse(json)).toMatchObject({ at: api.muster.now, responderId: 'lena', reason: 'OnCall' })
  })

  it('refuses an unknown role or rotation, neither, both, and what is no instant', async () => {
    const status = async (query: string) => (await api.get(`/v1/on-call?${query}`)).status
    expect(await status('role=astronaut')).toBe(404)
    expect(await status('rotation=none')).toBe(404)
    expect(await status('')).toBe(400)
    expect(await status('role=legal-counsel&rotation=commanders')).toBe(400)
    for (const at of ['tomorrow', '2027-02-30T00:00Z', '2027-03-01T00:00', '%2B012027-03-01T00:00Z']) {
      expect([at, await status(`role=legal-counsel&at=${at}`)]).toEqual([at, 400])
    }
  })
})

describe('who is next', () => {
  it('is told for each seat that is called for', async () => {
    const id = await api.open()
    await api.post(`/v1/incidents/${id}/seats/legal-counsel/acknowledge`, { responderId: 'lena' })
    const calls = nextCallsShape.parse((await api.get(`/v1/incidents/${id}/next`)).json)
    expect(calls.map(({ role }) => role)).toEqual(['incident-commander', 'cloud-security-engineer'])
    expect(calls[0]).toMatchObject({
      calling: [{ responderId: 'ana', reason: 'OnCall', until: '2027-03-10T10:05:00.000Z' }],
      next: { responderId: 'ben', reason: 'Backup', at: '2027-03-10T10:05:00.000Z' },
    })
    expect((await api.get('/v1/incidents/inc-0/next')).status).toBe(404)
  })

  it('is told without an incident, busy people passed over', async () => {
    const ask = () => api.get('/v1/who-would-be-called?severity=SEV3&accountId=111122223333')
    expect(nextCallsShape.parse((await ask()).json)).toMatchObject([
      { next: { responderId: 'ana', at: api.muster.now } },
    ])
    const id = await api.open()
    await api.post(`/v1/incidents/${id}/seats/incident-commander/acknowledge`, { responderId: 'ana' })
    expect((await ask()).json).toMatchObject([
      { next: { responderId: 'ben', reason: 'Backup' }, skipped: [{ responderId: 'ana', reason: 'HoldsAnotherSeat' }] },
    ])
    expect((await api.get('/v1/who-would-be-called?severity=SEV2')).status).toBe(404)
    expect((await api.get('/v1/who-would-be-called')).status).toBe(400)
    expect((await api.get('/v1/who-would-be-called?severity=SEV1&accountId=1')).status).toBe(400)
  })
})
