import { beforeEach, describe, expect, it } from 'vitest'
import { EU_ACCOUNT, InMemoryApi } from '../in-memory-api.ts'

let api: InMemoryApi
let id: string
beforeEach(async () => {
  api = await InMemoryApi.start()
})

const incident = async () => (await api.get(`/v1/incidents/${id}`)).json
const command = (verb: string, body: object) => api.post(`/v1/incidents/${id}/${verb}`, body)
const take = (role: string, responderId: string) =>
  api.post(`/v1/incidents/${id}/seats/${role}/acknowledge`, { responderId })

describe('severity', () => {
  beforeEach(async () => {
    id = await api.open({ severity: 5 })
  })

  it('is raised by anybody, and calls the new seats', async () => {
    expect((await command('severity', { severity: 'SEV1', responderId: 'dee', reason: null })).json).toEqual({
      incidentId: id,
      severity: 'SEV1',
      responderId: 'dee',
    })
    expect((await incident()).seats).toHaveLength(3)
    expect((await command('severity', { severity: 'SEV1', responderId: 'dee' })).status).toBe(200)
  })

  it('is lowered by the Commander only, with a reason', async () => {
    await command('severity', { severity: 'SEV1', responderId: 'dee' })
    await take('incident-commander', 'ana')
    expect((await command('severity', { severity: 'SEV3', responderId: 'dee', reason: 'x' })).status).toBe(403)
    expect((await command('severity', { severity: 'SEV3', responderId: 'ana', reason: '  ' })).status).toBe(400)
    expect((await incident()).severity).toBe('SEV1')
    expect((await command('severity', { severity: 'SEV3', responderId: 'ana', reason: 'a test' })).status).toBe(200)
    expect(await incident()).toMatchObject({ severity: 'SEV3', seats: [{}, {}, {}] })
  })
})

describe('close', () => {
  it('needs the Commander at SEV1, a reason, and no provisional clock', async () => {
    id = await api.open({ account: EU_ACCOUNT })
    await take('incident-commander', 'ana')
    expect((await command('close', { responderId: 'ana' })).status).toBe(400)
    expect((await command('close', { responderId: 'dee', reason: 'over' })).status).toBe(403)
    const early = await command('close', { responderId: 'ana', reason: 'over' })
    expect([early.status, early.json.holder]).toEqual([409, undefined])
    const [clock] = (await incident()).clocks
    await command(`clocks/${clock.id}/confirm`, { responderId: 'lena' })
    expect((await command('close', { responderId: 'ana', reason: 'over' })).json).toEqual({
      incidentId: id,
      status: 'closed',
      responderId: 'ana',
    })
    expect((await command('close', { responderId: 'ana', reason: 'over' })).status).toBe(200)
    expect((await command('severity', { severity: 'SEV1', responderId: 'ana' })).status).toBe(410)
    expect(await incident()).toMatchObject({ status: 'closed', closedBy: 'ana' })
  })
})

describe('facts', () => {
  it('start clocks that the profile alone does not', async () => {
    id = await api.open()
    expect((await incident()).clocks).toEqual([])
    const facts = { dataCategories: ['personal'], residents: ['DE'] }
    expect((await command('facts', { responderId: 'dee', facts })).json).toMatchObject({ facts })
    expect((await incident()).clocks).toHaveLength(1)
    const before = await api.everything()
    await command('facts', { responderId: 'dee', facts })
    expect(await api.everything()).toBe(before)
  })

  it('by any other name are kept as they are, once, and reopen what was decided', async () => {
    id = await api.open()
    await command('facts', { responderId: 'dee', facts: { dataCategories: ['personal'], residents: ['DE'] } })
    const clock = (await incident()).clocks[0]
    await command('seats/legal-counsel/acknowledge', { responderId: 'lena' })
    await command(`clocks/${clock.id}/not-notifiable`, { responderId: 'lena', reason: 'encrypted' })
    const facts = { ransomPaid: false, affected: { DE: 1200, FR: 3 }, 'key.lost': null, systems: ['crm', 'mail'] }
    expect(await command('facts', { responderId: 'dee', facts })).toMatchObject({ status: 200, json: { facts } })
    expect((await incident()).clocks[0].status).toBe('provisional')
    const timeline = await api.get(`/v1/incidents/${id}/timeline`)
    const recorded = timeline.json.filter(({ type }: { type: string }) => type === 'FactsRecorded')
    expect(recorded.at(-1).data.other).toEqual(facts)
    const before = await api.everything()
    const reordered = { ...facts, affected: { FR: 3, DE: 1200 } }
    expect((await command('facts', { responderId: 'dee', facts: reordered })).status).toBe(200)
    expect(await api.everything()).toBe(before)
    await command('facts', { responderId: 'dee', facts: { affected: { DE: 1201, FR: 3 } } })
    expect(await api.everything()).not.toBe(before)
  })

  it.each([
    ['no facts', {}, 'facts'],
    ['only empty lists', { residents: [] }, 'facts'],
    ['a name that is none', { 'who knows': 1 }, 'facts'],
    ['too deep', { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } }, 'facts.a'],
    ['too much', { a: 'x'.repeat(8_000) }, 'facts'],
    ['too many', Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`f${n}`, n])), 'facts'],
    ['no object', ['personal'], 'facts'],
  ])('refuses %s and says where', async (_, facts, where) => {
    id = await api.open()
    const before = await api.everything()
    const { status, json } = await command('facts', { responderId: 'dee', facts })
    expect(status).toBe(400)
    expect(json.errors[0].path).toMatch(new RegExp(`^${where}`))
    expect(await api.everything()).toBe(before)
  })

  it('remember at most 100 different names', async () => {
    id = await api.open()
    const named = (from: number, count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`f${from + n}`, true]))
    for (const from of [0, 50]) await command('facts', { responderId: 'dee', facts: named(from, 50) })
    expect((await command('facts', { responderId: 'dee', facts: { f100: 1 } })).status).toBe(400)
    expect((await command('facts', { responderId: 'dee', facts: { f99: false } })).status).toBe(200)
  })

  it('refuses what is no fact, whoever is unknown, and an unknown incident', async () => {
    id = await api.open()
    const bad = await command('facts', {
      responderId: 'dee',
      facts: { dataCategories: ['shoes'], residents: ['Germany'] },
    })
    expect(bad.json.errors.map(({ path }: { path: string }) => path)).toEqual([
      'facts.dataCategories[0]',
      'facts.residents[0]',
    ])
    expect((await command('facts', { responderId: 'dee', facts: {} })).status).toBe(400)
    expect((await command('facts', { responderId: 'dee' })).status).toBe(400)
    expect((await command('facts', { responderId: 'who', facts: { residents: ['EU'] } })).status).toBe(404)
    const body = { responderId: 'ana', reason: 'x' }
    expect((await api.post('/v1/incidents/inc-0/close', body)).status).toBe(404)
    expect((await api.post(`/v1/incidents/${id}/close`, { ...body, reason: 'y'.repeat(70_000) })).status).toBe(413)
  })
})
