import { describe, expect, it } from 'vitest'
import { EU_GDPR_ART33_AUTHORITY } from '../../../../shared/content/obligations/eu-gdpr-art33-authority.ts'
import { parseInstant, plusSeconds } from '../../../../shared/core/time/instant.ts'
import { directory, only, profile, Sample, SIGNAL_AT, typesOf } from './sample-incident.ts'

const DE = { id: 'example-gmbh', country: 'DE', classes: ['controller'] }
const FI = { id: 'example-oy', country: 'FI', classes: ['controller'] }

describe('startClocks', () => {
  it('starts a provisional clock that counts from the signal, presumed', () => {
    const [started] = only(new Sample().openWithClocks(), 'ClockStarted')
    expect(started).toMatchObject({
      obligationId: 'eu-gdpr-art33-authority',
      obligationVersion: 1,
      entityId: 'example-gmbh',
      role: 'controller',
    })
    expect(started?.stages).toEqual([
      {
        stageId: 'authority',
        anchor: { name: 'awareness', at: SIGNAL_AT, basis: 'presumed' },
        dueAt: parseInstant('2027-03-05T11:00Z'),
        safeDueAt: parseInstant('2027-03-05T10:12:07Z'),
        steps: expect.arrayContaining([expect.stringContaining('presumed from the signal, not an admission')]),
      },
    ])
  })

  it('leaves awareness to people', () => {
    const sample = new Sample()
    sample.openWithClocks()
    expect(sample.state.awarenessAt).toBeNull()
    expect(sample.clock().status).toBe('provisional')
  })

  it('starts one for each entity, with ids that are short, safe in a URL and always the same', () => {
    const given = directory({ accounts: [profile({ entities: [DE, FI] })] })
    const ids = () => only(new Sample(given).openWithClocks(), 'ClockStarted').map(({ clockId }) => clockId)
    expect(ids()).toEqual(ids())
    expect(new Set(ids()).size).toBe(2)
    for (const id of ids()) expect(id).toMatch(/^clk-[0-9a-f]{10}$/)
  })

  it('stays quiet when they run already', () => {
    const sample = new Sample()
    sample.openWithClocks()
    expect(sample.start(plusSeconds(SIGNAL_AT, 60))).toEqual([])
  })

  it('starts one for an entity that two accounts share', () => {
    const other = '210987654321'
    const sample = new Sample(
      directory({ accounts: [profile(), profile({ id: other }), profile({ id: '3', entities: [FI] })] }),
    )
    sample.openWithClocks()
    sample.step(SIGNAL_AT, (draft) => {
      for (const accountId of [other, '3']) draft.emit(joined(accountId))
    })
    expect(only(sample.start(), 'ClockStarted').map(({ entityId }) => entityId)).toEqual(['example-oy'])
  })

  it('starts when recorded facts make the duty apply, still from the signal', () => {
    const sample = new Sample(directory({ accounts: [profile({ residents: ['US'] })] }))
    expect(sample.openWithClocks()).toEqual([])
    const at = plusSeconds(SIGNAL_AT, 3600)
    sample.command({ type: 'RecordFacts', responderId: 'ana', dataCategories: [], residents: ['FR'], other: {} }, at)
    expect(only(sample.start(at), 'ClockStarted')[0]?.stages[0]?.anchor.at).toBe(SIGNAL_AT)
  })

  it('awaits an anchor that nothing presumes', () => {
    const sample = new Sample()
    const [stage] = EU_GDPR_ART33_AUTHORITY.stages
    sample.obligations = [{ ...EU_GDPR_ART33_AUTHORITY, stages: [{ ...stage, anchor: 'determination' }] }]
    expect(typesOf(sample.openWithClocks())).toEqual(['ClockStarted'])
    expect(sample.stage()).toMatchObject({ status: 'awaiting-anchor', dueAt: null, safeDueAt: null })
  })

  it('stays quiet without a profile', () => {
    expect(new Sample(directory({ accounts: [] })).openWithClocks()).toEqual([])
  })
})

function joined(accountId: string) {
  const version = { updatedAt: SIGNAL_AT, state: 'active' } as const
  const finding = {
    key: `f-${accountId}`,
    findingId: `f-${accountId}`,
    wrapping: 'guardduty',
    version,
    source: 'guardduty',
    type: 'Sample',
    severity: 'HIGH',
    title: 'Sample',
    accountId,
    region: 'eu-central-1',
    resources: [],
    principal: null,
    firstSeenAt: SIGNAL_AT,
    lastSeenAt: SIGNAL_AT,
    count: null,
  } as const
  return { type: 'FindingJoined', v: 1, data: { finding, revision: 1, versions: {} } } as const
}
