import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { OutboxRow } from '../../infra/local/outbox.ts'
import { LocalProcess } from './local-process.ts'
import { PROOF_ACCOUNTS, PROOF_ROLES, proofDirectory, proofEvent } from './proof-organisation.ts'
import { seeded } from './seeded.ts'

/** What the doors promised: nothing of it may be missing afterwards. */
interface Promised {
  readonly findings: Map<string, string>
  readonly held: Map<string, { responderId: string; at: string }>
  latestNow: string
}

interface Seat {
  readonly role: string
  readonly status: string
  readonly holder: string | null
}

interface Incident {
  readonly id: string
  readonly accounts: readonly string[]
  readonly seats: readonly Seat[]
  readonly clocks: readonly unknown[]
}

export interface KillReport {
  readonly kills: number
  readonly findings: number
  readonly pages: number
  readonly extraPages: number
  readonly faults: readonly string[]
}

/**
 * Kills the coordinator at seeded moments while events, acknowledgements and time flow, starts it again each time over
 * the same data, and then looks for anything that was promised and is missing.
 */
export async function proveKills(
  kills: number,
  seed: number,
  say: (line: string) => void = () => {},
): Promise<KillReport> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-kill-'))
  const directory = join(folder, 'directory.json')
  await writeFile(directory, JSON.stringify(proofDirectory()))
  const promised: Promised = { findings: new Map(), held: new Map(), latestNow: '' }
  try {
    for (let kill = 1; kill <= kills; kill += 1) {
      const muster = await LocalProcess.start(join(folder, 'data'), { directory })
      const random = seeded(seed * 1000 + kill)
      const traffic = [
        ...[1, 2, 3].map((one) => feed(muster, promised, random, `${kill}-${one}`)),
        acknowledge(muster, promised, random),
        passTime(muster, promised, random),
      ]
      if (kill === 1) await somethingPromised(promised)
      await sleep(100 + random() * 1400)
      await muster.kill()
      await Promise.all(traffic)
      say(`kill ${kill} of ${kills}: ${promised.findings.size} findings accepted, ${promised.held.size} seats taken`)
    }
    return await judge(await LocalProcess.start(join(folder, 'data'), { directory }), promised, kills)
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

const ENOUGH_FINDINGS = 11
const BUSY_MS = 30_000

/** On a busy machine a whole life may pass without an answer, and then there is nothing that could be lost. */
async function somethingPromised({ findings }: Promised): Promise<void> {
  const until = performance.now() + BUSY_MS
  while (findings.size < ENOUGH_FINDINGS && performance.now() < until) await sleep(20)
}

/** Runs until the process is gone. What was under way when the connection broke was never promised. */
async function untilKilled(muster: LocalProcess, step: () => Promise<void>): Promise<void> {
  while (!muster.gone) {
    try {
      await step()
    } catch (fault) {
      if (!muster.gone) throw fault
    }
  }
}

function feed(muster: LocalProcess, promised: Promised, random: () => number, name: string): Promise<void> {
  let count = 0
  return untilKilled(muster, async () => {
    count += 1
    const group = Math.floor(random() * 4)
    const account = PROOF_ACCOUNTS[group % PROOF_ACCOUNTS.length] ?? ''
    const answer = await muster.post(
      '/v1/events',
      proofEvent(`${name}-${count}`, `user-${group}`, account, new Date().toISOString()),
    )
    const { results } = (await answer.json()) as { results: { findingId: string; incidentId: string | null }[] }
    for (const { findingId, incidentId } of results) {
      if (incidentId !== null) promised.findings.set(findingId, incidentId)
    }
  })
}

function acknowledge(muster: LocalProcess, promised: Promised, random: () => number): Promise<void> {
  return untilKilled(muster, async () => {
    await new Promise((resolve) => setTimeout(resolve, 20 + random() * 80))
    const incidents = [...new Set(promised.findings.values())]
    const id = incidents[Math.floor(random() * incidents.length)]
    const role = PROOF_ROLES[Math.floor(random() * PROOF_ROLES.length)]
    if (id === undefined || role === undefined || random() < 0.6) return
    const responderId = `${role}-${1 + Math.floor(random() * 2)}`
    const answer = await muster.post(`/v1/incidents/${id}/seats/${role}/acknowledge`, { responderId })
    await answer.text()
    if (answer.status === 200) promised.held.set(`${id} ${role}`, { responderId, at: await muster.advance() })
  })
}

function passTime(muster: LocalProcess, promised: Promised, random: () => number): Promise<void> {
  return untilKilled(muster, async () => {
    await new Promise((resolve) => setTimeout(resolve, random() * 150))
    promised.latestNow = await muster.advance(`PT${20 + Math.floor(random() * 200)}S`)
  })
}

async function judge(muster: LocalProcess, promised: Promised, kills: number): Promise<KillReport> {
  const faults: string[] = []
  const startedAt = await muster.advance()
  if (startedAt < promised.latestNow) faults.push(`time went back from ${promised.latestNow} to ${startedAt}`)
  await muster.advance('PT20M')
  const outbox = await muster.get<OutboxRow[]>('/local/outbox')
  const now = await muster.advance()
  for (const id of new Set(promised.findings.values())) {
    judgeIncident(await muster.get<Incident>(`/v1/incidents/${id}`), outbox, promised, now, faults)
  }
  await judgeFindings(muster, promised, faults)
  const verified = await muster.get<{ faults: unknown[] }>('/v1/verify')
  if (verified.faults.length > 0)
    faults.push(`the record does not verify: ${JSON.stringify(verified.faults).slice(0, 300)}`)
  const pages = outbox.filter(({ kind }) => kind === 'page')
  const extraPages = pages.length - new Set(pages.map(({ bundleId, role }) => `${bundleId} ${role}`)).size
  if (extraPages > kills) faults.push(`${extraPages} extra pages after ${kills} kills`)
  const code = await muster.stop()
  if (code !== 0) faults.push(`ended with ${code} on SIGTERM`)
  return { kills, findings: promised.findings.size, pages: pages.length, extraPages, faults }
}

/** An untaken seat is still being called: nobody waits longer than one window and the longest pause. */
const LONGEST_SILENCE_MS = (300 + 300 + 60) * 1000

function judgeIncident(
  incident: Incident,
  outbox: readonly OutboxRow[],
  promised: Promised,
  now: string,
  faults: string[],
): void {
  const { id, seats } = incident
  if (seats?.length !== PROOF_ROLES.length) return void faults.push(`incident ${id} has seats ${JSON.stringify(seats)}`)
  for (const { role, holder } of seats) {
    const pages = outbox.filter((row) => row.kind === 'page' && row.incidentId === id && row.role === role)
    const held = promised.held.get(`${id} ${role}`)
    if (pages.length === 0 && holder === null) faults.push(`nobody was ever called for ${role} of ${id}`)
    if (held && holder === null) faults.push(`${role} of ${id} was acknowledged by ${held.responderId} and is empty`)
    if (held && pages.some(({ at }) => at > held.at)) faults.push(`${role} of ${id} was paged after it was taken`)
    const lastMs = Math.max(...pages.map(({ at }) => Date.parse(at)))
    if (holder === null && Date.parse(now) - lastMs > LONGEST_SILENCE_MS)
      faults.push(`the calls for ${role} of ${id} stopped`)
  }
  if (incident.accounts.includes(PROOF_ACCOUNTS[0]) && incident.clocks.length !== 1)
    faults.push(`incident ${id} has no clock`)
}

/** Posted again, a finding that was accepted is known, and lies in the incident that it was said to be in. */
async function judgeFindings(muster: LocalProcess, promised: Promised, faults: string[]): Promise<void> {
  const distinct = new Map<string, number>()
  for (const id of promised.findings.values()) distinct.set(id, (distinct.get(id) ?? 0) + 1)
  for (const [id, count] of distinct) {
    const { findings } = await muster.get<{ findings: { distinct: number } }>(`/v1/incidents/${id}`)
    if (findings.distinct < count) faults.push(`incident ${id} has ${findings.distinct} of ${count} accepted findings`)
  }
}
