import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OutboxRow } from '../../infra/local/outbox.ts'
import { LocalProcess } from '../proof/local-process.ts'
import { PROOF_ACCOUNTS, proofDirectory, proofEvent } from '../proof/proof-organisation.ts'

interface Incident {
  readonly id: string
  readonly findings: { readonly distinct: number }
  readonly seats: readonly { readonly role: string; readonly status: string; readonly holder: string | null }[]
}

let folder: string
let muster: LocalProcess

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-main-job-'))
  await writeFile(join(folder, 'directory.json'), JSON.stringify(proofDirectory()))
  muster = await LocalProcess.start(join(folder, 'data'), { directory: join(folder, 'directory.json') })
})
afterAll(async () => {
  await muster.kill()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

interface Result {
  readonly outcome: string
  readonly incidentId: string
}

describe('the main job on one machine', () => {
  it('one finding a thousand times from sixteen connections is one incident and one page a seat', async () => {
    const event = proofEvent('storm', 'storm-user', PROOF_ACCOUNTS[1], await muster.advance())
    let left = 1000
    const outcomes: Result[] = []
    const connection = async () => {
      while (left > 0) {
        left -= 1
        const { results } = await muster.ask<{ results: Result[] }>('/v1/events', event)
        outcomes.push(...results)
      }
    }
    await Promise.all(Array.from({ length: 16 }, connection))
    expect(new Set(outcomes.map(({ incidentId }) => incidentId)).size).toBe(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'opened')).toHaveLength(1)
    expect(outcomes.filter(({ outcome }) => outcome === 'duplicate')).toHaveLength(999)
    const pages = (await muster.outbox(outcomes[0]?.incidentId ?? '')).filter(({ kind }) => kind === 'page')
    expect(pages.map(({ role }) => role).sort()).toEqual([...new Set(pages.map(({ role }) => role))].sort())
    expect(pages).toHaveLength(4)
  })

  it('fifty acknowledgements of one seat by two people at once make one holder and one event', async () => {
    const { incidentId } = await muster.open('rivals', 'rival-user', PROOF_ACCOUNTS[1])
    const path = `/v1/incidents/${incidentId}/seats/incident-commander/acknowledge`
    const rivals = Array.from({ length: 50 }, (_, index) => ({ responderId: `incident-commander-${1 + (index % 2)}` }))
    const statuses = await Promise.all(rivals.map((body) => muster.post(path, body).then(({ status }) => status)))
    const incident = await muster.get<Incident>(`/v1/incidents/${incidentId}`)
    const holder = incident.seats.find(({ role }) => role === 'incident-commander')?.holder
    const won = rivals.flatMap(({ responderId }, index) => (statuses[index] === 200 ? [responderId] : []))
    expect(new Set(won)).toEqual(new Set([holder]))
    expect(won).toHaveLength(25)
    expect(statuses.filter((status) => status === 409)).toHaveLength(25)
    const timeline = await muster.get<{ type: string }[]>(`/v1/incidents/${incidentId}/timeline`)
    expect(timeline.filter(({ type }) => type === 'SeatAcknowledged')).toHaveLength(1)
  })

  it('a second copy on the same data refuses, and says why', async () => {
    await expect(LocalProcess.start(join(folder, 'data'))).rejects.toThrow(/another copy is running/i)
  })

  it('SIGTERM ends it cleanly; time and outbox are there at the next start', async () => {
    const before = await muster.advance()
    const rows = await muster.get<OutboxRow[]>('/local/outbox')
    expect(await muster.stop()).toBe(0)
    muster = await LocalProcess.start(join(folder, 'data'))
    expect((await muster.advance()) >= before).toBe(true)
    const after = await muster.get<OutboxRow[]>('/local/outbox')
    expect(after.slice(0, rows.length)).toEqual(rows)
  })
})

it('with nobody asking and no time moved by hand, the backup is called within two seconds of being due', async () => {
  const fresh = await LocalProcess.start(join(folder, 'alone'), { directory: join(folder, 'directory.json') })
  try {
    const { incidentId } = await fresh.open('alone', 'alone-user', PROOF_ACCOUNTS[1])
    const opened = (await fresh.outbox(incidentId))[0]?.at ?? ''
    await fresh.advance('PT4M58S')
    const pages = async () => (await fresh.outbox(incidentId)).filter(({ role }) => role === 'incident-commander')
    for (let look = 0; look < 60 && (await pages()).length < 2; look += 1) {
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    const [, backup] = await pages()
    expect(backup).toMatchObject({ responderId: 'incident-commander-2', reason: 'Backup' })
    const late = Date.parse(backup?.at ?? '') - Date.parse(opened) - 300_000
    expect(late).toBeGreaterThanOrEqual(0)
    expect(late).toBeLessThan(2000)
  } finally {
    await fresh.kill()
  }
}, 30_000)

it('for a day a taken seat is not paged while its holder answers check-ins, and the others are', async () => {
  const fresh = await LocalProcess.start(join(folder, 'day'), { directory: join(folder, 'directory.json') })
  try {
    const { incidentId } = await fresh.open('day', 'day-user', PROOF_ACCOUNTS[1])
    const answer = () =>
      fresh.post(`/v1/incidents/${incidentId}/seats/incident-commander/acknowledge`, {
        responderId: 'incident-commander-2',
      })
    await answer()
    const takenAt = await fresh.advance()
    for (let hour = 0; hour < 24; hour += 6) {
      await fresh.advance('PT6H')
      await answer()
    }
    const rows = (await fresh.outbox(incidentId)).filter(({ kind, at }) => kind === 'page' && at > takenAt)
    expect(rows.filter(({ role }) => role === 'incident-commander')).toEqual([])
    const last = rows.filter(({ role }) => role === 'legal-counsel').at(-1)
    expect(Date.parse(await fresh.advance()) - Date.parse(last?.at ?? '')).toBeLessThan(15 * 60 * 1000)
  } finally {
    await fresh.kill()
  }
}, 120_000)

describe('an empty Muster', () => {
  it('goes 120 days ahead in one stride when nothing is due', async () => {
    const empty = await LocalProcess.start(join(folder, 'empty'))
    try {
      const startedMs = performance.now()
      const now = await empty.advance('P120D')
      expect(performance.now() - startedMs).toBeLessThan(2000)
      expect(Date.parse(now) - Date.now()).toBeGreaterThan(119 * 86_400_000)
    } finally {
      await empty.kill()
    }
  })

  it('refuses a directory that cannot be used, with every error and its line', async () => {
    const bad = join(folder, 'bad.yml')
    await writeFile(
      bad,
      (await readFile('infra/directory.example.yml', 'utf8')).replaceAll('Europe/Berlin', 'Europe/Nowhere'),
    )
    const start = LocalProcess.start(join(folder, 'bad'), { directory: bad })
    await expect(start).rejects.toThrow(/bad\.yml:\d+ .*zone.*Europe\/Nowhere/)
  })
})
