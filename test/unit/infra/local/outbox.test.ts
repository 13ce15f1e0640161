import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Outbox } from '../../../../infra/local/outbox.ts'
import type { OutgoingMessage } from '../../../../shared/ports/message-provider.ts'

let folder: string
const file = () => join(folder, 'outbox.ndjson')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-outbox-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function message(change: Partial<OutgoingMessage> = {}): OutgoingMessage {
  const url = (role: string) => `http://127.0.0.1/a/${role}`
  const seat = (role: string) => ({ role, reason: 'OnCall', acknowledgeUrl: url(role), code: '42', replyCode: null })
  return {
    effectId: 'inc-1.1.1',
    kind: 'page',
    channel: 'email',
    to: 'ana@example.com',
    subject: 'subject',
    text: 'text',
    html: '<p>text</p>',
    responderId: 'ana',
    incidentId: 'inc-1',
    incidentUrl: 'http://127.0.0.1/#inc-1',
    seats: [seat('incident-commander'), seat('cloud-security-engineer')],
    at: '2027-03-10T10:00:00.000Z',
    ...change,
  }
}

describe('Outbox', () => {
  it('keeps a row for each seat, tied together by the bundle, before it answers', async () => {
    const outbox = Outbox.open(file())
    const answer = await outbox.send(message())
    expect(answer.status).toBe('accepted')
    expect(outbox.rows()).toMatchObject([
      { id: 'msg-000000001', role: 'incident-commander', bundleId: 'inc-1.1.1', links: { code: '42' } },
      { id: 'msg-000000002', role: 'cloud-security-engineer', bundleId: 'inc-1.1.1' },
    ])
    expect(readFileSync(file(), 'utf8').trim().split('\n')).toHaveLength(2)
  })

  it('shows a repeat as a row of its own', async () => {
    const outbox = Outbox.open(file())
    await outbox.send(message({ seats: [], kind: 'clock' }))
    await outbox.send(message({ seats: [], kind: 'clock' }))
    expect(outbox.rows().map(({ id, role, bundleId }) => [id, role, bundleId])).toEqual([
      ['msg-000000001', null, 'inc-1.1.1'],
      ['msg-000000002', null, 'inc-1.1.1'],
    ])
  })

  it('refuses a dead number for good and keeps no row of it', async () => {
    const outbox = Outbox.open(file())
    expect(await outbox.send(message({ channel: 'sms', to: '+12025550000' }))).toMatchObject({ status: 'refused' })
    expect(await outbox.send(message({ channel: 'sms', to: '+12025550001' }))).toMatchObject({ status: 'accepted' })
    expect(outbox.rows()).toHaveLength(2)
  })

  it('survives a kill in the middle of a line: what was whole is there, the torn end is not', async () => {
    const before = Outbox.open(file())
    await before.send(message())
    before.close()
    appendFileSync(file(), '{"id":"msg-000000003","at":"2027')
    const after = Outbox.open(file())
    expect(after.rows()).toHaveLength(2)
    await after.send(message({ seats: [] }))
    expect(
      Outbox.open(file())
        .rows()
        .map(({ id }) => id),
    ).toEqual(['msg-000000001', 'msg-000000002', 'msg-000000003'])
  })

  it('lists by instant, then id, and keeps contact data from other users of the machine', async () => {
    const outbox = Outbox.open(file())
    await outbox.send(message({ seats: [], at: '2027-03-10T11:00:00.000Z' }))
    await outbox.send(message({ seats: [], at: '2027-03-10T10:00:00.000Z' }))
    expect(outbox.rows().map(({ id }) => id)).toEqual(['msg-000000002', 'msg-000000001'])
    expect(statSync(file()).mode & 0o077).toBe(0)
  })
})
