import { describe, expect, it } from 'vitest'
import { OBLIGATIONS } from '../../../../shared/content/obligations/catalogue.ts'
import { EU_GDPR_ART33_AUTHORITY } from '../../../../shared/content/obligations/eu-gdpr-art33-authority.ts'
import { type Obligation, obligationErrors } from '../../../../shared/core/clocks/obligation.ts'

const GDPR: Obligation = EU_GDPR_ART33_AUTHORITY
const [STAGE] = EU_GDPR_ART33_AUTHORITY.stages

describe('obligationErrors', () => {
  it('finds nothing wrong with the catalogue', () => {
    expect(obligationErrors(OBLIGATIONS)).toEqual([])
    expect(OBLIGATIONS.map(({ id }) => id)).toContain('eu-gdpr-art33-authority')
  })

  it('accepts pending law that waits', () => {
    expect(obligationErrors([{ ...GDPR, pending: true, adoptedByDefault: false, inForceSince: null }])).toEqual([])
  })

  it.each<[string, Partial<Obligation>, string]>([
    ['an id with a slash', { id: 'eu/33' }, 'the id must be'],
    ['a version below 1', { version: 0 }, 'the version'],
    ['no citation', { citation: '' }, 'the citation is missing'],
    ['no stage', { stages: [] }, 'it has no stage'],
    ['a date that is none', { inForceSince: '25 May 2018' }, 'inForceSince must be'],
    ['neither in force nor pending', { inForceSince: null }, 'what is not in force must be pending'],
    ['pending law adopted', { pending: true }, 'pending law is not adopted'],
    ['memory only adopted', { verification: 'memory-only' }, 'what rests on memory only'],
    ['a stage twice', { stages: [STAGE, STAGE] }, 'stage authority stands twice'],
    ['a stage id with a space', { stages: [{ ...STAGE, id: 'a b' }] }, 'a stage id must be'],
    [
      'half an hour',
      { stages: [{ ...STAGE, deadline: { ...STAGE.deadline, amount: 0.5 } }] },
      'the hours of stage authority',
    ],
  ])('refuses %s', (_case, change, error) => {
    expect(obligationErrors([{ ...GDPR, ...change }])).toEqual([expect.stringContaining(error)])
  })

  it('refuses an obligation that stands twice', () => {
    expect(obligationErrors([GDPR, GDPR])).toEqual(['obligation eu-gdpr-art33-authority stands twice'])
  })
})
