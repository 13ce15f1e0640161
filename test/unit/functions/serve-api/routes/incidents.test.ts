import { beforeEach, describe, expect, it } from 'vitest'
import { incidentListShape, incidentShape, timelineShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { EU_ACCOUNT, InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

describe('GET /v1/incidents/{id}', () => {
  it('shows seats with what was tried, and clocks with how they count', async () => {
    const id = await api.open({ account: EU_ACCOUNT })
    await api.advance(301)
    const incident = incidentShape.parse((await api.get(`/v1/incidents/${id}`)).json)
    expect(incident).toMatchObject({
      id,
      severity: 'SEV1',
      status: 'open',
      awarenessAt: null,
      findings: { distinct: 1 },
    })
    expect(incident.accounts).toEqual([EU_ACCOUNT])
    expect(incident.seats[0]).toMatchObject({
      role: 'incident-commander',
      status: 'engaging',
      holder: null,
      acting: false,
    })
    expect(
      incident.seats[0]?.attempts.map(({ responderId, channel, outcome }) => [responderId, channel, outcome]),
    ).toEqual([
      ['ana', 'email', 'elapsed'],
      ['ana', 'sms', 'elapsed'],
      ['ben', 'email', 'sent'],
    ])
    const [clock] = incident.clocks
    expect(clock).toMatchObject({
      obligationId: 'eu-gdpr-art33-authority',
      entityId: 'example-gmbh',
      status: 'provisional',
    })
    expect(clock?.stages[0]).toMatchObject({ status: 'running', anchor: { name: 'awareness', basis: 'presumed' } })
    expect(clock?.stages[0]?.steps.length).toBeGreaterThan(2)
  })

  it('knows nothing of other ids, however they look', async () => {
    for (const id of ['inc-0', '..', '%00', 'a'.repeat(500), 'INC%23x', '%F0%9F%92%A5']) {
      const { status, headers } = await api.get(`/v1/incidents/${id}`)
      expect([status, headers.get('content-type')]).toEqual([404, 'application/problem+json'])
      expect((await api.get(`/v1/incidents/${id}/timeline`)).status).toBe(404)
    }
  })
})

describe('GET /v1/incidents/{id}/timeline', () => {
  it('has a row per event with the hash of its commit', async () => {
    const id = await api.open()
    const rows = timelineShape.parse((await api.get(`/v1/incidents/${id}/timeline`)).json)
    expect(rows[0]).toMatchObject({ sequence: 1, actor: 'muster', type: 'IncidentOpened', reason: null })
    const paged = rows.find(({ type }) => type === 'PageRequested')
    expect(paged).toMatchObject({ reason: 'OnCall', data: { role: 'incident-commander', responderId: 'ana' } })
    const rest = (await api.get(`/v1/incidents/${id}/timeline?after=1`)).json
    expect(rest).toEqual(rows.filter(({ sequence }) => sequence > 1))
    expect((await api.get(`/v1/incidents/${id}/timeline?after=9999`)).json).toEqual([])
    expect((await api.get(`/v1/incidents/${id}/timeline?after=x`)).status).toBe(400)
  })
})

describe('GET /v1/incidents', () => {
  it('lists by status, newest first', async () => {
    const first = await api.open({ id: 'a', user: 'a' })
    api.muster.now = '2027-03-10T10:05:00.000Z'
    const second = await api.open({ id: 'b', user: 'b' })
    const listed = incidentListShape.parse((await api.get('/v1/incidents?status=open')).json)
    expect(listed.map(({ id }) => id)).toEqual([second, first])
    await api.post(`/v1/incidents/${first}/seats/incident-commander/acknowledge`, { responderId: 'ana' })
    await api.post(`/v1/incidents/${first}/close`, { responderId: 'ana', reason: 'over' })
    expect((await api.get('/v1/incidents?status=open')).json).toHaveLength(1)
    expect((await api.get('/v1/incidents?status=closed')).json).toMatchObject([{ id: first, closedBy: 'ana' }])
    expect((await api.get('/v1/incidents')).json).toHaveLength(2)
    expect((await api.get('/v1/incidents?status=')).json).toHaveLength(2)
  })

  it('goes on from page to page, each incident once', async () => {
    const ids: string[] = []
    for (let n = 0; n < 9; n += 1) {
      if (n % 3 === 0) api.muster.now = `2027-03-10T10:0${n}:00.000Z`
      ids.push(await api.open({ id: `f${n}`, user: `u${n}` }))
    }
    const seen: string[] = []
    let next = '/v1/incidents?limit=2'
    for (let page = 0; next !== '' && page < 20; page += 1) {
      const { json, headers } = await api.get(next)
      seen.push(...json.map(({ id }: { id: string }) => id))
      next = /^<(.*)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1] ?? ''
    }
    expect(seen).toHaveLength(9)
    expect([...seen].sort()).toEqual([...ids].sort())
  })

  it('refuses what it does not understand', async () => {
    for (const query of ['status=lost', 'limit=0', 'limit=101', 'limit=x', 'cursor=zzz']) {
      expect([query, (await api.get(`/v1/incidents?${query}`)).status]).toEqual([query, 400])
    }
  })

  it('goes on only from rows that the list could have had', async () => {
    const row = ['open#0', 'INC#inc-0123456789abcdef', 'HEAD', '2027-03-10T10:00:00.000Z']
    const status = async (entry: readonly unknown[]) => {
      const cursor = Buffer.from(JSON.stringify([entry])).toString('base64url')
      return (await api.get(`/v1/incidents?cursor=${cursor}`)).status
    }
    expect(await status(row)).toBe(200)
    const invented = [
      ['due#0', 'open#9', '__proto__', ''],
      ['a', 'NOTE#inc-0', 'INC#', `INC#${'x'.repeat(2100)}`, 7],
      ['C#000001', 'b', null],
      ['c', '2027', `2027-03-10T10:00:00.000Z${'9'.repeat(1100)}`, {}],
    ]
    for (const [place, others] of invented.entries()) {
      for (const other of others) expect([other, await status(row.with(place, other as string))]).toEqual([other, 400])
    }
  })
})
