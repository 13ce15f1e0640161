import { beforeEach, describe, expect, it } from 'vitest'
import { intakeShape, quarantinedShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { InMemoryApi, sampleFinding } from '../in-memory-api.ts'

let api: InMemoryApi
beforeEach(async () => {
  api = await InMemoryApi.start()
})

const finding = (change = {}) => sampleFinding(change, api.muster.now)

describe('POST /v1/events', () => {
  it('opens an incident for one event, and knows it again', async () => {
    const first = await api.post('/v1/events', finding())
    expect(first.status).toBe(202)
    expect(intakeShape.parse(first.json).results).toMatchObject([{ outcome: 'opened', severity: 'SEV1', reason: null }])
    expect((await api.post('/v1/events', finding())).json.results).toMatchObject([
      { outcome: 'duplicate', incidentId: first.json.results[0].incidentId },
    ])
  })

  it('answers an array in order: opened, rejected, joined, ignored', async () => {
    const unknown = { source: 'aws.unknown', 'detail-type': 'Nothing', detail: {} }
    const { json } = await api.post('/v1/events', [
      finding(),
      unknown,
      finding({ id: 'two' }),
      finding({ id: 'three', user: 'other', severity: 7.5 }),
    ])
    const outcomes = json.results.map(({ outcome }: { outcome: string }) => outcome)
    expect(outcomes).toEqual(['opened', 'rejected', 'joined', 'ignored'])
    expect(json.results[1]).toMatchObject({ findingId: null, incidentId: null })
    expect(json.results[1].reason).toMatch(/^detail-type: expected an event of a known kind/)
    expect(json.results[3].reason).toBe('NoPolicy')
  })

  it('keeps what it rejects, whole, and lists it', async () => {
    const event = { ...finding(), detail: { ...finding().detail, severity: 'high', padding: 'ü'.repeat(400_000) } }
    const { json } = await api.post('/v1/events', event)
    const { quarantineId, findingId } = json.results[0]
    expect(findingId).toBe(event.detail.id)
    expect(api.muster.alarms).toEqual(['Quarantined'])
    const listed = (await api.get('/v1/quarantine')).json
    expect(quarantinedShape.array().parse(listed)).toMatchObject([{ id: quarantineId, event: null }])
    expect((await api.get(`/v1/quarantine/${quarantineId}`)).json.event).toEqual(event)
  })

  it('keeps what is nested very deep, and takes in what came beside it', async () => {
    const deep = `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`
    const { status, json } = await api.post('/v1/events', `[${deep},${JSON.stringify(finding())}]`)
    expect(status).toBe(202)
    expect(json.results).toMatchObject([{ outcome: 'rejected' }, { outcome: 'opened' }])
    const { quarantineId } = json.results[0]
    expect((await api.get(`/v1/quarantine/${quarantineId}`)).json.event).toBe(deep)
    expect((await api.get('/v1/quarantine')).json).toMatchObject([{ id: quarantineId }])
    const retried = await api.post(`/v1/quarantine/${quarantineId}/retry`, {})
    expect([retried.status, retried.json.results]).toMatchObject([200, [{ outcome: 'rejected', quarantineId }]])
  })

  it('takes an empty array, and rejects a scalar', async () => {
    expect((await api.post('/v1/events', [])).json).toEqual({ results: [] })
    for (const scalar of ['"text"', '7', 'null', 'true']) {
      const { status, json } = await api.post('/v1/events', scalar)
      expect([status, json.results[0].outcome]).toEqual([202, 'rejected'])
    }
    expect(await api.incidentIds()).toEqual([])
  })

  it('says where broken JSON is broken', async () => {
    const { status, json, headers } = await api.post('/v1/events', '{\n  "detail":')
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json'])
    expect(json.errors).toEqual([{ path: '', line: 2, found: 'something else', expected: 'a value' }])
    expect((await api.post('/v1/events', '')).status).toBe(400)
  })

  it('takes 1 MB and not a byte more, and reads a larger body to its end', async () => {
    const text = JSON.stringify({ x: '' })
    const ofBytes = (bytes: number) => JSON.stringify({ x: 'y'.repeat(bytes - text.length) })
    expect((await api.post('/v1/events', ofBytes(1_048_576))).status).toBe(202)
    expect((await api.post('/v1/events', ofBytes(1_048_577))).status).toBe(413)
    let pulled = 0
    const body = new ReadableStream({
      pull: (controller) => {
        pulled += 1
        if (pulled > 30) controller.close()
        else controller.enqueue(new Uint8Array(65_536))
      },
    })
    const request = new Request('https://muster.example.com/v1/events', {
      method: 'POST',
      body,
      duplex: 'half',
    } as RequestInit)
    const { createApi } = await import('../../../../../functions/serve-api/api.ts')
    expect((await createApi(api.deps).fetch(request)).status).toBe(413)
    expect(pulled).toBe(31)
  })

  it('refuses more entries than events fit, and bytes that are no text', async () => {
    expect((await api.post('/v1/events', JSON.stringify(Array(5_001).fill(1)))).status).toBe(400)
    const request = new Request('https://muster.example.com/v1/events', {
      method: 'POST',
      body: new Uint8Array([0xff]),
    })
    const { createApi } = await import('../../../../../functions/serve-api/api.ts')
    expect((await createApi(api.deps).fetch(request)).status).toBe(400)
  })

  it('answers the same key the same, and refuses it with another body', async () => {
    const key = { 'idempotency-key': 'k-1' }
    const first = await api.post('/v1/events', finding(), key)
    expect((await api.post('/v1/events', finding(), key)).json).toEqual(first.json)
    expect((await api.post('/v1/events', finding({ id: 'two' }), key)).status).toBe(422)
    expect((await api.post('/v1/events', finding(), { 'idempotency-key': 'with a space' })).status).toBe(400)
  })
})
