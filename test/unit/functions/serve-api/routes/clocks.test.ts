import { beforeEach, describe, expect, it, vi } from 'vitest'
import { noteShape } from '../../../../../functions/serve-api/answer-shapes.ts'
import { loadHistory } from '../../../../../shared/app/load-incident.ts'
import type { StoredCommit } from '../../../../../shared/app/rows/commit-row.ts'
import { EU_ACCOUNT, InMemoryApi } from '../in-memory-api.ts'

const SECRET = 'Only pseudonyms were copied, says the forensic report.'
let api: InMemoryApi
let id: string
let clockId: string
beforeEach(async () => {
  api = await InMemoryApi.start()
  id = await api.open({ account: EU_ACCOUNT })
  clockId = (await api.get(`/v1/incidents/${id}`)).json.clocks[0].id
})

const decide = (action: string, body: object, headers = {}) =>
  api.post(`/v1/incidents/${id}/clocks/${clockId}/${action}`, body, headers)
const incident = async () => (await api.get(`/v1/incidents/${id}`)).json
const stage = async () => (await incident()).clocks[0].stages[0]
const note = (noteId: string, responderId: string) =>
  api.get(`/v1/incidents/${id}/notes/${noteId}?responderId=${responderId}`)

describe('a clock', () => {
  it('is confirmed with the moment of awareness', async () => {
    const anchor = { name: 'awareness', at: '2027-03-10T09:30:00+00:00' }
    const { status, json } = await decide('confirm', { responderId: 'lena', anchor })
    expect([status, json]).toEqual([
      200,
      { incidentId: id, clockId, stageId: null, action: 'confirm', responderId: 'lena', noteId: null },
    ])
    expect(await incident()).toMatchObject({
      awarenessAt: '2027-03-10T09:30:00.000Z',
      clocks: [{ status: 'confirmed' }],
    })
    expect(await stage()).toMatchObject({ anchor: { basis: 'recorded' }, safeDueAt: '2027-03-13T09:30:00.000Z' })
  })

  it('is decided by Legal Counsel only, and needs a reason where one is needed', async () => {
    expect((await decide('confirm', { responderId: 'ana' })).status).toBe(403)
    expect((await decide('confirm', { responderId: 'nobody' })).status).toBe(404)
    expect((await decide('not-notifiable', { responderId: 'lena' })).status).toBe(400)
    expect((await decide('not-notifiable', { responderId: 'lena', reason: ' \n ' })).status).toBe(400)
    expect((await incident()).clocks[0].status).toBe('provisional')
    expect((await decide('forget', { responderId: 'lena' })).status).toBe(404)
    expect((await api.post(`/v1/incidents/${id}/clocks/clk-0/confirm`, { responderId: 'lena' })).status).toBe(404)
    const future = { name: 'awareness', at: '2027-03-11T00:00Z' }
    expect((await decide('confirm', { responderId: 'lena', anchor: future })).status).toBe(400)
  })

  it('is moved to another moment: earlier by any seat, later with a reason', async () => {
    await api.post(`/v1/incidents/${id}/seats/incident-commander/acknowledge`, { responderId: 'ana' })
    expect((await decide('re-anchor', { responderId: 'ana' })).status).toBe(400)
    const earlier = { name: 'awareness', at: '2027-03-10T08:00:00Z' }
    expect((await decide('re-anchor', { responderId: 'ana', anchor: earlier })).status).toBe(200)
    const later = { name: 'awareness', at: '2027-03-10T09:00:00Z' }
    expect((await decide('re-anchor', { responderId: 'ana', anchor: later, reason: 'x' })).status).toBe(403)
    expect((await decide('re-anchor', { responderId: 'lena', anchor: later })).status).toBe(400)
    expect((await decide('re-anchor', { responderId: 'lena', anchor: later, reason: SECRET })).status).toBe(200)
    expect((await incident()).awarenessAt).toBe('2027-03-10T09:00:00.000Z')
  })
})

describe('a stage', () => {
  it('is submitted while provisional too, shown, and taken back', async () => {
    const { id: stageId } = await stage()
    const submit = (body: object) => decide(`stages/${stageId}/submit`, { responderId: 'lena', ...body })
    expect((await submit({ submittedAt: '2027-03-10T10:00:00.001Z' })).status).toBe(400)
    expect((await submit({ submittedAt: '2027-03-10T10:00:00Z', receipt: 'R-1' })).status).toBe(200)
    expect(await stage()).toMatchObject({
      status: 'submitted',
      submissions: [{ submittedAt: '2027-03-10T10:00:00.000Z', phase: 'initial', receipt: 'R-1', responderId: 'lena' }],
    })
    expect((await submit({ phase: 'withdrawn' })).status).toBe(200)
    expect(await stage()).toMatchObject({ status: 'running', submissions: [{}, { phase: 'withdrawn' }] })
    expect((await submit({ phase: 'lost' })).status).toBe(400)
  })

  it('is waived with a reason, and held only where the law says so', async () => {
    const { id: stageId } = await stage()
    expect((await decide(`stages/${stageId}/hold`, { responderId: 'lena', reason: 'x' })).status).toBe(409)
    expect((await decide(`stages/${stageId}/waive`, { responderId: 'lena' })).status).toBe(400)
    expect((await decide(`stages/${stageId}/waive`, { responderId: 'lena', reason: SECRET })).status).toBe(200)
    expect((await stage()).status).toBe('waived')
    expect((await decide('stages/other/waive', { responderId: 'lena', reason: 'x' })).status).toBe(404)
  })
})

describe('the reason of a decision', () => {
  /** The answers that are kept under keys. */
  const kept = async () => {
    const rows: unknown[] = []
    for await (const row of api.muster.table.scan('incidents')) if (row.pk.startsWith('CAUSE#')) rows.push(row)
    return rows
  }
  it('is stored sealed, tied to the record by a hash, and nowhere else', async () => {
    const { json } = await decide('not-notifiable', { responderId: 'lena', reason: SECRET })
    expect(await api.everything()).not.toContain('pseudonyms')
    const timeline = await api.get(`/v1/incidents/${id}/timeline`)
    expect(timeline.text).not.toContain('pseudonyms')
    const event = timeline.json.find(({ type }: { type: string }) => type === 'ClockDeclaredNotNotifiable')
    expect(event.data).toEqual({
      clockId,
      responderId: 'lena',
      noteId: json.noteId,
      noteHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('is read by Legal Counsel only', async () => {
    const { noteId } = (await decide('not-notifiable', { responderId: 'lena', reason: SECRET })).json
    const read = await note(noteId, 'luc')
    expect(noteShape.parse(read.json)).toMatchObject({
      text: SECRET,
      responderId: 'lena',
      type: 'ClockDeclaredNotNotifiable',
    })
    expect(read.headers.get('cache-control')).toBe('no-store')
    for (const other of ['ana', 'nobody']) expect((await note(noteId, other)).status).toBe(403)
    expect((await api.get(`/v1/incidents/${id}/notes/${noteId}`)).status).toBe(400)
    expect((await note('note-0', 'luc')).status).toBe(404)
    expect((await api.get(`/v1/incidents/inc-0/notes/${noteId}?responderId=luc`)).status).toBe(404)
  })

  it('is read by whoever holds the Legal seat, too', async () => {
    const { noteId } = (await decide('not-notifiable', { responderId: 'lena', reason: SECRET })).json
    await api.post(`/v1/incidents/${id}/seats/legal-counsel/acknowledge`, { responderId: 'dee' })
    expect((await note(noteId, 'dee')).status).toBe(200)
  })

  it('with a key is written once, and the answer names the same note', async () => {
    const key = { 'idempotency-key': 'n-1' }
    const first = await decide('not-notifiable', { responderId: 'lena', reason: SECRET }, key)
    const before = await api.everything()
    expect((await decide('not-notifiable', { responderId: 'lena', reason: SECRET }, key)).json).toEqual(first.json)
    expect(await api.everything()).toBe(before)
    // Nothing is kept of the words, so others are no other request.
    expect((await decide('not-notifiable', { responderId: 'lena', reason: 'another' }, key)).json).toEqual(first.json)
    const other = { responderId: 'lena', reason: SECRET, submittedAt: '2027-03-10T09:00:00Z' }
    expect((await decide('not-notifiable', other, key)).status).toBe(422)
    expect((await decide('not-notifiable', { responderId: 'lena' }, key)).status).toBe(422)
  })

  it.each([{}, { 'idempotency-key': 'n-1' }])(
    'leaves nothing that its words could be tried against: %j',
    async (key) => {
      const stored = async (reason: string) => {
        api = await InMemoryApi.start()
        id = await api.open({ account: EU_ACCOUNT })
        clockId = (await api.get(`/v1/incidents/${id}`)).json.clocks[0].id
        expect((await decide('not-notifiable', { responderId: 'lena', reason }, key)).status).toBe(200)
        return [await incident(), ...(await loadHistory(api.muster.table, id)).map(withoutNotes), ...(await kept())]
      }
      const one = await stored(SECRET)
      expect(JSON.stringify(one)).toContain('ClockDeclaredNotNotifiable')
      expect(await stored('Nothing of it was personal.')).toEqual(one)
    },
  )

  it('that was exchanged for another is found out', async () => {
    const { noteId } = (await decide('not-notifiable', { responderId: 'lena', reason: SECRET })).json
    const sealed = await api.deps.cipher.seal(JSON.stringify({ salt: 's', text: 'forged' }))
    await api.muster.table.put('incidents', { pk: `NOTE#${id}`, sk: noteId, sealed })
    const noted = vi.spyOn(console, 'error').mockImplementation(() => {})
    expect((await note(noteId, 'luc')).status).toBe(500)
    expect(noted).toHaveBeenCalledOnce()
    noted.mockRestore()
  })
})

/** A commit as everybody sees it, apart from the salted hash and what is made of it: the chain. */
function withoutNotes({ hash: _hash, previousHash: _previous, ...commit }: StoredCommit): unknown {
  return JSON.parse(JSON.stringify(commit).replaceAll(/"noteHash":"[0-9a-f]{64}"/g, '"noteHash":""'))
}
