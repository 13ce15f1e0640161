import { beforeEach, describe, expect, it } from 'vitest'
import { incidentShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { EU_ACCOUNT, InMemoryApi } from '../in-memory-api.ts'

const IC = 'incident-commander'
let api: InMemoryApi
let b: string
let a: string
beforeEach(async () => {
  api = await InMemoryApi.start()
  const ids = [await api.open(), await api.open({ id: 'two', account: EU_ACCOUNT, user: 'eu-user' })].sort()
  b = ids[0] ?? ''
  a = ids[1] ?? ''
  await api.post(`/v1/incidents/${b}/seats/${IC}/acknowledge`, { responderId: 'ana' })
})

const body = (change: object = {}) => ({ responderId: 'ana', reason: 'one attack', into: b, ...change })
const merge = (id = a, change: object = {}, headers: Record<string, string> = {}) =>
  api.post(`/v1/incidents/${id}/merge`, body(change), headers)
const shown = async (id: string) => (await api.get(`/v1/incidents/${id}`)).json

describe('POST …/merge', () => {
  it('answers with the incident that goes on; the other says where it went, and stays in the list of closed ones', async () => {
    const merged = await merge()
    expect(merged.status).toBe(200)
    expect(incidentShape.safeParse(merged.json).error).toBeUndefined()
    expect(merged.json).toMatchObject({
      id: b,
      status: 'open',
      absorbed: [a],
      mergedInto: null,
      findings: { distinct: 2 },
    })
    expect(merged.json.clocks).toHaveLength(1)
    expect(await shown(a)).toMatchObject({ status: 'closed', mergedInto: b, closedBy: 'ana' })
    const { json: closed } = await api.get('/v1/incidents?status=closed')
    expect(closed).toMatchObject([{ id: a, mergedInto: b, nextDeadline: null }])
    const { json: timeline } = await api.get(`/v1/incidents/${a}/timeline`)
    expect(timeline.at(-1)).toMatchObject({ type: 'IncidentMerged', reason: 'Merged', data: { into: b } })
  })

  it('again answers the same, with the key and without; the key with another body is refused', async () => {
    const key = { 'idempotency-key': 'key-1' }
    const first = await merge(a, {}, key)
    expect((await merge(a, {}, key)).json).toEqual(first.json)
    expect(await merge()).toMatchObject({ status: 200, json: { id: b } })
    expect((await merge(a, { reason: 'another' }, key)).status).toBe(422)
  })

  it('says which direction is allowed, and where one went that was merged before', async () => {
    const wrong = await merge(b, { into: a })
    expect(wrong).toMatchObject({ status: 409, json: { detail: expect.stringContaining(`merge ${a} into ${b}`) } })
    expect((await merge(b)).status).toBe(409)
    await merge()
    const other = await api.open({ id: 'three', user: 'third-user' })
    const lower = other < a ? other : ''
    const answer = await merge(a, { into: lower || b })
    expect(answer.status).toBe(lower && lower !== b ? 409 : 200)
    const severity = await api.post(`/v1/incidents/${a}/severity`, { severity: 'SEV1', responderId: 'ana' })
    expect(severity).toMatchObject({ status: 409, json: { type: 'urn:muster:problem:merged', mergedInto: b } })
    expect((await api.post(`/v1/incidents/${a}/close`, { responderId: 'ana', reason: 'over' })).status).toBe(409)
  })

  it.each<[string, () => [string, object], number]>([
    ['an incident that is not there', () => ['inc-none', {}], 404],
    ['into one that is not there', () => [a, { into: 'inc-none' }], 404],
    ['by whom nobody knows', () => [a, { responderId: 'nobody' }], 404],
    ['by whoever may not', () => [a, { responderId: 'ben' }], 403],
    ['without a reason', () => [a, { reason: ' ' }], 400],
    ['without the other', () => [a, { into: null }], 400],
  ])('%s is refused', async (_what, asked, status) => {
    const [id, change] = asked()
    const before = await api.everything()
    expect((await merge(id, change)).status).toBe(status)
    expect(await api.everything()).toBe(before)
  })

  it('is refused where one is closed', async () => {
    await api.post(`/v1/incidents/${a}/seats/legal-counsel/acknowledge`, { responderId: 'lena' })
    for (const id of [a, b]) {
      for (const { id: clockId } of (await shown(id)).clocks) {
        const path = `/v1/incidents/${id}/clocks/${clockId}/not-notifiable`
        await api.post(path, { responderId: 'lena', reason: 'no data' })
      }
    }
    expect((await api.post(`/v1/incidents/${b}/close`, { responderId: 'ana', reason: 'over' })).status).toBe(200)
    expect((await merge()).status).toBe(409)
  })

  it('a clock of the merged one is decided where it counts on', async () => {
    const [eu, plain] = (await shown(a)).clocks.length > 0 ? [a, b] : [b, a]
    const [{ id: clockId }] = (await shown(eu)).clocks
    await merge()
    const path = `/v1/incidents/${eu}/clocks/${clockId}/confirm`
    const confirmed = await api.post(path, { responderId: 'lena', reason: 'sample counsel’s words' })
    expect(confirmed).toMatchObject({ status: 200, json: { incidentId: b } })
    expect(plain).toBeDefined()
    expect((await shown(b)).clocks).toMatchObject([{ status: 'confirmed' }])
  })
})

describe('a link of a merged incident', () => {
  it('shows the one that goes on, and says that it was merged', async () => {
    const [message] = api.muster.sent.filter(({ incidentId, responderId }) => incidentId === a && responderId === 'dee')
    const path = new URL(message?.seats[0]?.acknowledgeUrl ?? '').pathname
    await merge()
    const page = await api.get(path)
    expect(page.status).toBe(200)
    expect(page.text).toContain('was merged into this one')
    expect(page.text).toContain(`/#${b}`)
  })
})

describe('the console', () => {
  it('leads from each to the other', async () => {
    await merge()
    const page = await api.get('/')
    expect(page.text).toContain(`merged into this: <a href="#${a}">`)
    expect(page.text).toContain(`merged into <a href="#${b}">`)
    expect(page.text).toContain('They count on in')
  })
})

describe('POST …/split', () => {
  it('answers 201 with the incident that the findings have opened', async () => {
    await merge()
    const keys = (await api.get(`/v1/incidents/${a}/timeline`)).json
      .filter(({ type }: { type: string }) => type === 'FindingJoined')
      .map(({ data }: { data: { finding: { key: string } } }) => data.finding.key)
    const asked = { responderId: 'ana', reason: 'another thing', findings: keys }
    const split = await api.post(`/v1/incidents/${b}/split`, asked)
    expect(split.status).toBe(201)
    expect(incidentShape.safeParse(split.json).error).toBeUndefined()
    expect(split.headers.get('location')).toBe(`/v1/incidents/${split.json.id}`)
    expect(split.json).toMatchObject({ status: 'open', linked: [b], findings: { distinct: 1 } })
    expect(await shown(b)).toMatchObject({ linked: [split.json.id], findings: { distinct: 1 } })
    expect((await api.post(`/v1/incidents/${b}/split`, asked)).json.id).toBe(split.json.id)
    expect((await api.post(`/v1/incidents/${b}/split`, { ...asked, findings: [] })).status).toBe(400)
    expect((await api.post(`/v1/incidents/${b}/split`, { ...asked, findings: ['none'] })).status).toBe(400)
    expect((await api.post(`/v1/incidents/inc-none/split`, asked)).status).toBe(404)
    expect((await api.get('/')).text).toContain(`to be seen together with <a href="#${b}">`)
  })
})
