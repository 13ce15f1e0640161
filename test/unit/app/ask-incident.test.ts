import { beforeEach, describe, expect, it } from 'vitest'
import { askIncident } from '../../../shared/app/ask-incident.ts'
import { changeIncidentSeverity } from '../../../shared/app/change-severity.ts'
import { readKept, requestCause } from '../../../shared/app/kept-answers.ts'
import { loadHistory } from '../../../shared/app/load-incident.ts'
import { askForSeat } from '../../../shared/app/seat-commands.ts'
import { InMemoryMuster } from './in-memory-muster.ts'

const WHO = 'incident-commander-1'
let muster: InMemoryMuster
let incidentId: string
beforeEach(async () => {
  muster = await InMemoryMuster.start()
  incidentId = await muster.open()
})

const asked = (idempotencyKey: string | null) => ({ now: muster.now, idempotencyKey })
const seat = (action: 'acknowledge' | 'decline') =>
  ({ incidentId, role: 'incident-commander', action, responderId: WHO, to: null, reason: null, via: 'api' }) as const
const commits = async () => (await loadHistory(muster.table, incidentId)).length

describe('askIncident', () => {
  it('gives the answer of the first time, before dispatch and after it', async () => {
    const first = await askForSeat(muster.deps, seat('acknowledge'), asked('k'))
    const before = await commits()
    expect(await askForSeat(muster.deps, seat('acknowledge'), asked('k'))).toEqual(first)
    await muster.follow(incidentId)
    expect(await askForSeat(muster.deps, seat('acknowledge'), asked('k'))).toEqual(first)
    expect(await commits()).toBe(before)
  })

  it('knows the same key elsewhere as another', async () => {
    await askForSeat(muster.deps, seat('acknowledge'), asked('k'))
    expect(await askForSeat(muster.deps, seat('decline'), asked('k'))).toMatchObject({ ok: true })
    expect(await commits()).toBeGreaterThan(2)
  })

  it('takes no key for a part of the place that it belongs to', () => {
    const close = requestCause('incidents/inc-1/close', 'k')
    expect(requestCause('incidents', 'inc-1/close/k')).not.toBe(close)
    expect(requestCause('incidents/inc-1', 'close/k')).not.toBe(close)
  })

  it('keeps nothing of a refusal: it may be asked again', async () => {
    const lower = { incidentId, severity: 'SEV4', responderId: WHO, reason: 'calm' } as const
    expect(await changeIncidentSeverity(muster.deps, lower, asked('k'))).toMatchObject({
      ok: false,
      reason: 'Forbidden',
    })
    await askForSeat(muster.deps, seat('acknowledge'), asked(null))
    expect(await changeIncidentSeverity(muster.deps, lower, asked('k'))).toMatchObject({ ok: true })
  })

  it('keeps nothing without a key, and nothing of an incident that is not there', async () => {
    await askForSeat(muster.deps, seat('acknowledge'), asked(null))
    const rows: string[] = []
    for await (const { pk } of muster.table.scan('incidents')) rows.push(pk)
    expect(rows.filter((pk) => pk.startsWith('CAUSE#'))).toEqual([])
    const causes = (await loadHistory(muster.table, incidentId)).flatMap((commit) => commit.causes)
    expect(causes.filter(({ id }) => id.startsWith('ask/'))).toMatchObject([{ answer: { sent: null } }])
    const question = { incidentId: 'inc-0', actor: WHO, scope: 's', sent: {}, answer: 1, command: () => null }
    expect(await askIncident(muster.deps, asked(null), question)).toEqual({ ok: true, answer: 1 })
  })

  it('of two that change nothing at once under one key, the first one counts for both', async () => {
    await askForSeat(muster.deps, seat('acknowledge'), asked(null))
    const question = (answer: number) => ({ incidentId, actor: WHO, scope: 's', sent: {}, answer, command: () => null })
    const both = await Promise.all([
      askIncident(muster.deps, asked('k'), question(1)),
      askIncident(muster.deps, asked('k'), question(2)),
    ])
    expect(both[0]).toEqual(both[1])
    expect(await readKept(muster.table, requestCause('s', 'k'))).toMatchObject({ answer: expect.any(Number) })
  })
})
