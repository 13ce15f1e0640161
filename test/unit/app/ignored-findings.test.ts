import { beforeEach, describe, expect, it } from 'vitest'
import { listIgnored } from '../../../shared/app/ignored-findings.ts'
import type { Suppression } from '../../../shared/core/directory/finding-rules.ts'
import { plusSeconds } from '../../../shared/core/time/instant.ts'
import { finding, InMemoryMuster } from './in-memory-muster.ts'

let muster: InMemoryMuster
beforeEach(async () => {
  muster = await InMemoryMuster.start()
})

/** Takes in a finding that is archived, a second after the one before. */
async function archived(name: string): Promise<void> {
  muster.now = plusSeconds(muster.now, 1)
  const event = finding(name, 'user', muster.now, undefined, ({ detail }) => {
    Object.assign(detail.service as object, { archived: true })
  })
  expect(await muster.ingest(event)).toMatchObject([{ outcome: 'ignored' }])
}

const list = (limit: number, cursor: string | null = null, reason: 'Archived' | 'Sample' | null = null) =>
  listIgnored(muster.deps, { reason, limit, cursor })

describe('listIgnored', () => {
  it('lists the newest first, page by page, each once', async () => {
    for (let n = 0; n < 7; n += 1) await archived(`f${n}`)
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof list>> = await list(3, cursor)
      seen.push(...(page?.findings ?? []).map(({ recordedAt }) => recordedAt))
      cursor = page?.cursor ?? null
    } while (cursor !== null)
    expect(seen).toEqual(seen.toSorted().reverse())
    expect(new Set(seen).size).toBe(7)
  })

  it('says what it is, why, and since when', async () => {
    await archived('one')
    expect((await list(10))?.findings).toMatchObject([
      {
        source: 'guardduty',
        reason: 'Archived',
        incidentId: null,
        heldBy: null,
        recordedAt: muster.now,
        severity: 'CRITICAL',
      },
    ])
    expect((await list(10, null, 'Archived'))?.findings).toHaveLength(1)
    expect((await list(10, null, 'Sample'))?.findings).toEqual([])
  })

  it('keeps by which rule it was held back, as that read then', async () => {
    const { directory } = await muster.deps.directory.current()
    const rule: Suppression = {
      ...{ id: 'noise', kind: 'maintenance', filter: { severity: ['CRITICAL'] }, owner: 'ana', reason: 'a test' },
      ...{ from: muster.now, until: plusSeconds(muster.now, 3600) },
    }
    await muster.use({ ...directory, findings: { severities: [], groups: [], suppressions: [rule] } })
    expect(await muster.ingest(finding('one', 'user', muster.now))).toMatchObject([{ reason: 'Maintenance' }])
    await muster.use(directory)
    const { id: ruleId, owner, reason, until } = rule
    expect((await list(10))?.findings).toMatchObject([
      { reason: 'Maintenance', heldBy: { ruleId, owner, reason, until } },
    ])
    const later = plusSeconds(muster.now, 60)
    expect(await muster.ingest(finding('one', 'user', later))).toMatchObject([{ outcome: 'opened' }])
  })

  it('leaves out what pages by now, and knows a cursor that it never gave', async () => {
    await archived('one')
    const later = finding('one', 'user', plusSeconds(muster.now, 60))
    const [result] = await muster.ingest(later)
    expect(result?.outcome).toBe('opened')
    await muster.follow(result?.incidentId ?? '')
    expect((await list(10))?.findings).toEqual([])
    expect(await list(10, 'made-up')).toBeNull()
    const others = Buffer.from(JSON.stringify([['ignored#0', 'INC#x', 'HEAD', muster.now]])).toString('base64url')
    expect(await list(10, others)).toBeNull()
  })
})
