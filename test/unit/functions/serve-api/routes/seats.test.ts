import { beforeEach, describe, expect, it } from 'vitest'
import { InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
let id: string
beforeEach(async () => {
  api = await InMemoryApi.start()
  id = await api.open()
})

const act = (verb: string, body: object, headers = {}, role = 'incident-commander') =>
  api.post(`/v1/incidents/${id}/seats/${role}/${verb}`, body, headers)
const seat = async () => (await api.get(`/v1/incidents/${id}`)).json.seats[0]
const types = async () => (await api.get(`/v1/incidents/${id}/timeline`)).json.map(({ type }: { type: string }) => type)

describe('POST /v1/incidents/{id}/seats/{role}/acknowledge', () => {
  it('takes the seat; again by the same person is fine and changes nothing', async () => {
    const { status, json } = await act('acknowledge', { responderId: 'ana' })
    expect([status, json]).toEqual([
      200,
      { incidentId: id, role: 'incident-commander', action: 'acknowledge', responderId: 'ana', to: null },
    ])
    const before = await api.everything()
    expect((await act('acknowledge', { responderId: 'ana' })).status).toBe(200)
    expect(await api.everything()).toBe(before)
    expect(await seat()).toMatchObject({ status: 'taken', holder: 'ana', acting: false })
  })

  it('names the holder to another, and refuses whoever may not', async () => {
    await act('acknowledge', { responderId: 'ana' })
    const other = await act('acknowledge', { responderId: 'ben' })
    expect([other.status, other.json.holder, other.headers.get('content-type')]).toEqual([
      409,
      'ana',
      'application/problem+json',
    ])
    expect((await act('acknowledge', { responderId: 'ana' }, {}, 'legal-counsel')).status).toBe(403)
  })

  it('answers 404 for what is unknown, 400 for what is missing, 410 when closed', async () => {
    expect((await act('acknowledge', { responderId: 'nobody' })).status).toBe(404)
    expect((await act('acknowledge', { responderId: 'ana' }, {}, 'no-such-seat')).status).toBe(404)
    expect((await act('steal', { responderId: 'ana' })).status).toBe(404)
    expect(
      (await api.post('/v1/incidents/inc-0/seats/incident-commander/acknowledge', { responderId: 'ana' })).status,
    ).toBe(404)
    const missing = await act('acknowledge', '{\n\n"responderId": 7}' as unknown as object)
    expect([missing.status, missing.json.errors]).toEqual([
      400,
      [{ path: 'responderId', line: 3, found: '7', expected: 'text of 1 to 128 characters' }],
    ])
    await act('acknowledge', { responderId: 'ana' })
    await api.post(`/v1/incidents/${id}/close`, { responderId: 'ana', reason: 'over' })
    expect((await act('acknowledge', { responderId: 'ana' })).status).toBe(410)
  })

  it('with a key gives the first answer again, whatever happened since', async () => {
    const key = { 'idempotency-key': 'press-1' }
    const first = await act('acknowledge', { responderId: 'ana' }, key)
    await act('decline', { responderId: 'ana' })
    const before = await api.everything()
    expect((await act('acknowledge', { responderId: 'ana' }, key)).json).toEqual(first.json)
    expect(await api.everything()).toBe(before)
    expect((await act('acknowledge', { responderId: 'ben' }, key)).status).toBe(422)
    expect((await seat()).holder).toBeNull()
  })

  it('remembers a key also when there was nothing to change', async () => {
    const key = { 'idempotency-key': 'press-2' }
    await act('acknowledge', { responderId: 'ana' })
    await act('acknowledge', { responderId: 'ana' }, key)
    await act('decline', { responderId: 'ana' })
    expect((await act('acknowledge', { responderId: 'ana' }, key)).status).toBe(200)
    expect((await seat()).holder).toBeNull()
  })

  it('of fifty at once by two people makes one holder and one event', async () => {
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) => act('acknowledge', { responderId: index % 2 === 0 ? 'ana' : 'ben' })),
    )
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200, 409]))
    expect((await types()).filter((type: string) => type === 'SeatAcknowledged')).toHaveLength(1)
  })
})

describe('the other verbs', () => {
  it('a decline calls the next at once', async () => {
    expect((await act('decline', { responderId: 'ana', reason: 'on a plane' })).status).toBe(200)
    expect((await seat()).attempts).toMatchObject([
      { responderId: 'ana', channel: 'email', outcome: 'declined', reason: 'OnCall' },
      { responderId: 'ben', channel: 'email', outcome: 'sent', reason: 'Backup' },
    ])
  })

  it('an escalation goes on to the next', async () => {
    expect((await act('escalate', { responderId: 'dee' })).status).toBe(200)
    expect((await seat()).attempts).toMatchObject([{ outcome: 'elapsed' }, { responderId: 'ben', outcome: 'sent' }])
    await act('acknowledge', { responderId: 'ben' })
    expect((await act('escalate', { responderId: 'dee' })).json).toMatchObject({ status: 409, holder: 'ben' })
  })

  it('a hand-over calls the other person, and needs one', async () => {
    expect((await act('hand-over', { responderId: 'ana', to: 'ben' })).status).toBe(409)
    await act('acknowledge', { responderId: 'ana' })
    expect((await act('hand-over', { responderId: 'ana' })).status).toBe(400)
    expect((await act('hand-over', { responderId: 'ana', to: 'nobody' })).status).toBe(400)
    expect((await act('hand-over', { responderId: 'ben', to: 'eli' })).json.holder).toBe('ana')
    expect((await act('hand-over', { responderId: 'ana', to: 'ben' })).status).toBe(200)
    expect((await act('acknowledge', { responderId: 'ben' })).status).toBe(200)
    expect(await seat()).toMatchObject({ status: 'taken', holder: 'ben' })
  })
})
