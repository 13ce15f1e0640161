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
    expect((await command('facts', { responderId: 'dee', facts })).json).toMatchObject(facts)
    expect((await incident()).clocks).toHaveLength(1)
    const before = await api.everything()
    await command('facts', { responderId: 'dee', facts })
    expect(await api.everything()).toBe(before)
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
